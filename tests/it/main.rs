//! What a customer would complain about, tried on the portal with real parts.
mod access;
mod account;
mod admin;
mod checkout;
mod contract;
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
