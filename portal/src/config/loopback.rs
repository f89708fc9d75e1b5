//! Whether an address stays on this machine.
use std::net::IpAddr;

/// Whether the host of `http://host:port/path` is this machine's loopback.
pub fn is_loopback_url(url: &str) -> bool {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#']).next();
    let authority = authority.unwrap_or_default();
    if authority.contains('@') {
        return false;
    }
    let host = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((v6, _)) => v6,
        None => authority.split(':').next().unwrap_or_default(),
    };
    is_loopback_host(host)
}

/// Whether a host name or address, without a port, is this machine's loopback.
pub fn is_loopback_host(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback_url;

    #[test]
    fn a_name_that_only_begins_like_the_loopback_is_elsewhere() {
        for url in ["http://localhost", "http://127.0.0.1:8000/x", "https://[::1]:2005", "http://LOCALHOST:1"]
        {
            assert!(is_loopback_url(url), "{url}");
        }
        for url in [
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "http://localhost:x@evil.example",
            "https://hollyn.online",
            "http://192.168.1.7:8000",
            "http://0.0.0.0:8000",
            "",
        ] {
            assert!(!is_loopback_url(url), "{url}");
        }
    }
}
