//! Text that people type: one Unicode form, and what must not be in it.
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{DefaultIgnorableCodePoint, GeneralCategory},
};

/// The form in which text is stored and compared (Unicode NFC): an accent typed as a sign of its own is the
/// same as the letter that has it.
pub fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

/// With wide, narrow and other styled forms of letters, digits and signs as the plain ones (Unicode NFKC).
pub fn plain(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned()
}

/// A password in the form that is hashed: the profile OpaqueString of RFC 8265, so that the same password
/// typed on another keyboard is the same.
pub fn opaque_string(text: &str) -> String {
    let category = CodePointMapData::<GeneralCategory>::new();
    let is_blank = |c: char| category.get(c) == GeneralCategory::SpaceSeparator;
    nfc(&text.chars().map(|c| if is_blank(c) { ' ' } else { c }).collect::<String>())
}

/// Whether the character shows nothing, or changes the direction or the look of others. Blanks are not among
/// them.
pub fn is_invisible(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let has_no_glyph = matches!(
        category,
        GeneralCategory::Format
            | GeneralCategory::Control
            | GeneralCategory::Surrogate
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    );
    // The empty Braille pattern is a symbol by its category.
    has_no_glyph || c == '\u{2800}' || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Whether a name may stand in a mail: nothing in it that a mail program makes a link or an address of, or a
/// phone number, and no invisible or direction characters.
pub fn is_name(text: &str) -> bool {
    let plain = plain(text);
    let has_sign = |c: char| "/\\:@<>\u{2044}\u{2215}".contains(c);
    let digits = plain.chars().filter(|c| c.is_numeric()).count();
    !text.chars().any(is_invisible)
        && !plain.chars().any(|c| has_sign(c) || is_invisible(c))
        && digits < LEAST_PHONE_DIGITS
        && !plain.split_whitespace().any(is_hostname)
}

/// From so many digits on, mail programs make a phone number of them.
const LEAST_PHONE_DIGITS: usize = 7;

/// Whether a word could be read as a host name: a dot with two or more letters or digits behind it. `J.K.`
/// and `Dr.` are none.
fn is_hostname(word: &str) -> bool {
    let labels: Vec<&str> = word.split(['.', '\u{3002}']).collect();
    labels.windows(2).any(|pair| {
        let starts = |label: &str| label.chars().take_while(|c| c.is_alphanumeric()).count();
        pair[0].chars().next_back().is_some_and(char::is_alphanumeric) && starts(pair[1]) >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_password_from_another_keyboard_is_the_same() {
        assert_eq!(opaque_string("caf\u{65}\u{301} ya\u{a0}asubuhi"), "caf\u{e9} ya asubuhi");
        assert_eq!(opaque_string("a\u{2003}b\u{3000}c"), "a b c");
        assert_eq!(opaque_string("\u{ff21}"), "\u{ff21}", "wide letters stay what they are");
    }

    #[test]
    fn names_of_people_are_names() {
        for name in [
            "Neema Mushi",
            "J.K. Nyerere",
            "J. K. Nyerere",
            "Dr. Juma",
            "O\u{2019}Brien",
            "Ng'wandu-Maro",
            "Zo\u{eb} Ma\u{17e}uran",
            "\u{627}\u{633}\u{645}\u{627}\u{621}",
            "\u{738b}\u{5c0f}\u{660e}",
            "Juma Hamisi 12",
            "Kahawa & Chai (2026) Ltd.",
        ] {
            assert!(is_name(name), "{name}");
        }
    }

    #[test]
    fn what_a_mail_program_makes_a_link_of_is_no_name() {
        for name in [
            "https://evil.example/claim",
            "www.evil.example",
            "Win at evil.tz now",
            "evil.tz",
            "evil\u{3002}tz",
            "evil\u{ff0e}tz",
            "1.2.3.44",
            "mail me@evil",
            "\u{ff48}\u{ff54}\u{ff54}\u{ff50}\u{ff1a}\u{ff0f}\u{ff0f}evil",
            "tel\u{ff1a}112",
            "<b>Neema</b>",
            "a/b",
            "a\\b",
            "Neema\u{202e}Mushi",
            "Neema\u{200b}Mushi",
            "Neema\u{2066}Mushi\u{2069}",
            "Ne\u{ad}ema",
            "Neema\u{7}",
            "\u{2800}\u{2800}",
            "\u{3164}",
            "Neema\u{e0041}",
            "Neema\u{fe0f}",
            "call 0754 318 206",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }
}
