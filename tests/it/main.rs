//! What a customer would complain about, tried on the portal with real parts.
mod crash;
mod purchase;
mod sweep;
