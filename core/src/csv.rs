//! Tables for a spreadsheet. What a customer typed must not become a formula there.
use std::borrow::Cow;

/// Lines of a table, made a few at a time, so that one of any length can be streamed.
pub struct Csv(csv::Writer<Vec<u8>>);

impl Default for Csv {
    fn default() -> Self {
        Csv(csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()))
    }
}

impl Csv {
    /// Adds a line.
    pub fn line<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for cell in cells {
            self.0.write_field(neutral(cell.as_ref()).as_bytes()).expect("memory takes every byte");
        }
        self.0.write_record(None::<&[u8]>).expect("memory takes every byte");
    }

    /// The bytes added since the last call.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(self).0.into_inner().expect("memory takes every byte")
    }
}

/// Spreadsheets run a cell that begins like a formula; an apostrophe makes it text.
fn neutral(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ran_as_a_formula_in_our_spreadsheet() {
        let mut csv = Csv::default();
        csv.line(["name", "says"]);
        csv.line(["=HYPERLINK(\"http://x\")", "@SUM(1)"]);
        assert_eq!(
            String::from_utf8(csv.take()).unwrap(),
            "name,says\n\"'=HYPERLINK(\"\"http://x\"\")\",'@SUM(1)\n"
        );
        csv.line(["+255754", "-1", "\tx", "\rx"]);
        assert_eq!(String::from_utf8(csv.take()).unwrap(), "'+255754,'-1,'\tx,\"'\rx\"\n");
        csv.line(["a,b", "two\nlines", "it's", ""]);
        assert_eq!(String::from_utf8(csv.take()).unwrap(), "\"a,b\",\"two\nlines\",it's,\n");
    }
}
