//! What a customer would complain about, tried on the portal with real parts.
mod crash;
mod customer;
mod mails;
mod payments;
mod purchase;
mod setup;
mod states;
