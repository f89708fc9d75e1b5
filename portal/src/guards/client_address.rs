//! The client's address: the socket's, or the one that the configured proxy names. All limits and the audit
//! log use it.
use crate::app::App;
use hollyn_core::domain::client_address;
use rocket::Request;
use std::net::IpAddr;

/// The header of the configured proxy holds no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadableAddress;

/// The client's address. Where a proxy's header is configured and sent, its last address: the one that the
/// proxy itself has seen. What stands before it was sent by the client. An IPv4 address that is mapped into
/// IPv6 is read as IPv4.
pub fn read(request: &Request<'_>) -> Result<Option<IpAddr>, UnreadableAddress> {
    let header = request.rocket().state::<App>().and_then(|app| app.proxy_header.as_deref());
    let named = header.and_then(|header| request.headers().get(header).last());
    match named {
        Some(named) => {
            let last = named.rsplit(',').next().unwrap_or_default();
            client_address::parse(last).map(Some).ok_or(UnreadableAddress)
        }
        None => Ok(request.remote().map(|remote| remote.ip().to_canonical())),
    }
}

/// The same as text. The request guard has refused requests whose header cannot be read.
pub fn client_address(request: &Request<'_>) -> String {
    let address = read(request).ok().flatten();
    address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}
