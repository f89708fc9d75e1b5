//! As much of MIME as it takes to read our own mails: headers with encoded words, nested multiparts,
//! quoted-printable and base64, UTF-8.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Mail is full of padding that is missing or too much; it is read all the same.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// One part: its headers (unfolded) and what follows them.
pub(super) struct Part {
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Splits a mail, or a part of one, at its first empty line.
pub(super) fn read(raw: &[u8]) -> Part {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = raw;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]).trim_end().to_owned();
        rest = &rest[end + 1..];
        if line.is_empty() {
            return Part { headers, body: rest.to_vec() };
        }
        match (line.starts_with([' ', '\t']), headers.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _, Some((name, value))) => {
                headers.push((name.trim().to_lowercase(), value.trim().to_owned()))
            }
            (_, _, None) => {}
        }
    }
    Part { headers, body: Vec::new() }
}

impl Part {
    /// A header's value, undecoded.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first part of this kind, here or deeper, as text.
    pub fn part(&self, kind: &str) -> Option<String> {
        let of = self.header("content-type").unwrap_or("text/plain");
        if of.to_lowercase().starts_with("multipart/") {
            let boundary = parameter(of, "boundary")?;
            return self.parts(&boundary).iter().find_map(|part| part.part(kind));
        }
        of.to_lowercase().starts_with(kind).then(|| String::from_utf8_lossy(&self.decoded()).into_owned())
    }

    fn parts(&self, boundary: &str) -> Vec<Part> {
        let mark = format!("--{boundary}");
        let mut parts: Vec<Vec<u8>> = Vec::new();
        for line in self.body.split_inclusive(|byte| *byte == b'\n') {
            let bare = line.trim_ascii_end();
            if bare == mark.as_bytes() {
                parts.push(Vec::new());
            } else if bare == format!("{mark}--").as_bytes() {
                break;
            } else if let Some(part) = parts.last_mut() {
                part.extend_from_slice(line);
            }
        }
        parts.iter().map(|part| read(part)).collect()
    }

    fn decoded(&self) -> Vec<u8> {
        match self.header("content-transfer-encoding").unwrap_or_default().to_lowercase().as_str() {
            "quoted-printable" => quoted_printable(&self.body),
            "base64" => {
                let letters: Vec<u8> =
                    self.body.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
                LENIENT.decode(letters).unwrap_or_default()
            }
            _ => self.body.clone(),
        }
    }
}

fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|pair| {
        let (known, value) = pair.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
        } else if let Some(soft) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = soft;
        } else if let Some(value) = after.get(..2).and_then(hex) {
            out.push(value);
            rest = &after[2..];
        } else {
            out.push(byte);
        }
    }
    out
}

fn hex(pair: &[u8]) -> Option<u8> {
    std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())
}

/// `=?utf-8?Q?…?=` and `=?utf-8?B?…?=` in a header. The blank between two such words belongs to neither.
pub(super) fn decoded_words(header: &str) -> String {
    let mut out = Vec::new();
    let mut rest = header;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let (before, word) = rest.split_at(start);
        let Some((value, end)) = encoded_word(word) else { break };
        if !(after_word && before.trim().is_empty()) {
            out.extend_from_slice(before.as_bytes());
        }
        out.extend(value);
        rest = &word[end..];
        after_word = true;
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

fn encoded_word(word: &str) -> Option<(Vec<u8>, usize)> {
    let mut fields = word.strip_prefix("=?")?.splitn(3, '?');
    let (charset, encoding, rest) = (fields.next()?, fields.next()?, fields.next()?);
    let text = &rest[..rest.find("?=")?];
    let value = match encoding {
        "Q" | "q" => quoted_printable(text.replace('_', " ").as_bytes()),
        "B" | "b" => LENIENT.decode(text).ok()?,
        _ => return None,
    };
    Some((value, 2 + charset.len() + 1 + encoding.len() + 1 + text.len() + 2))
}
