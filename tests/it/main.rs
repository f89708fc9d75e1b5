//! What a customer would complain about, tried on the portal with real parts.
mod access;
mod account;
mod audit;
mod checkout;
mod crash;
mod customer;
mod known_buyer;
mod mails;
mod payments;
mod purchase;
mod setup;
mod signing_in;
mod states;
mod sweep;
