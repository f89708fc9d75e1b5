//! Client addresses: how they are read, and what limits count them by.
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Reads an address as a proxy writes it: `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::7`, `[2001:db8::7]`,
/// `[2001:db8::7]:4711`. An IPv4 address that is mapped into IPv6 is read as IPv4.
pub fn parse(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = match bare {
        Some(bare) => bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip())),
    };
    address.map(|address| address.to_canonical())
}

/// What limits count an address by. A subscriber gets a whole /64 of IPv6 and may use any address in it, so
/// these count as one; an IPv4 address counts for itself. What is no address is returned as it is.
pub fn network(address: &str) -> String {
    match parse(address) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        None => address.chars().take(64).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_however_a_proxy_writes_it() {
        for (text, address) in [
            ("192.0.2.7", "192.0.2.7"),
            (" 192.0.2.7 ", "192.0.2.7"),
            ("192.0.2.7:4711", "192.0.2.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("[::ffff:192.0.2.7]:4711", "192.0.2.7"),
        ] {
            assert_eq!(parse(text).map(|address| address.to_string()).as_deref(), Some(address), "{text}");
        }
        for text in
            ["", "unknown", "192.0.2", "192.0.2.7:port", "[192.0.2.7]", "2001:db8::7]:1", "_hidden", "a, b"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_64_of_ipv6_counts_as_one_and_ipv4_for_itself() {
        for (address, counted) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:1:2:3", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
            ("unknown", "unknown"),
        ] {
            assert_eq!(network(address), counted, "{address}");
        }
    }
}
