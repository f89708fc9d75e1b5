//! Exports: rows as CSV, from the portal into a file, without being whole in memory or seen by the page.
use std::{
    io,
    path::{Path, PathBuf},
};

use hollyn_core::{
    api::{BROKE_OFF, ExportQuery, endpoints},
    chain,
};
use serde::Serialize;
use tokio::{fs::File, io::AsyncWriteExt as _};

use crate::{desk::Desk, trouble::Trouble};

/// What can be saved.
pub const NOUNS: [&str; 5] = ["users", "orders", "services", "payments", "audit"];

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    pub path: PathBuf,
    /// Without the line that names the columns.
    pub rows: u64,
}

impl Desk {
    /// Saves a noun's rows: all of them, or those that `query` leaves. The file appears when it is whole.
    pub async fn export(&self, noun: &str, query: &ExportQuery, path: PathBuf) -> Result<Saved, Trouble> {
        let signed_in = self.at_work()?;
        let mut response =
            match signed_in.client.send::<endpoints::export>(&noun.to_owned(), query, &()).await {
                Ok(response) => response,
                Err(error) => return Err(self.failed(&signed_in, error).await),
            };
        let beside = beside(&path);
        let (mut rows, mut end) = (Rows::default(), Vec::new());
        let saved = async {
            let mut file = File::create(&beside).await.map_err(not_written)?;
            while let Some(piece) = response.chunk().await.map_err(broken_off)? {
                rows.read(&piece);
                end.extend_from_slice(&piece);
                end.drain(..end.len().saturating_sub(BROKE_OFF.len()));
                file.write_all(&piece).await.map_err(not_written)?;
            }
            if end == BROKE_OFF.as_bytes() {
                return Err(not_whole());
            }
            file.sync_all().await.map_err(not_written)?;
            tokio::fs::rename(&beside, &path).await.map_err(not_written)
        };
        if let Err(trouble) = saved.await {
            let _ = tokio::fs::remove_file(&beside).await;
            return Err(trouble);
        }
        Ok(Saved { path, rows: rows.count() })
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

fn not_written(error: io::Error) -> Trouble {
    Trouble::refused(format!("The file cannot be written: {error}."))
}

fn broken_off(error: reqwest::Error) -> Trouble {
    tracing::warn!(error = error_chain(&error), "an export broke off");
    not_whole()
}

fn not_whole() -> Trouble {
    Trouble::new(crate::trouble::Kind::Unreachable, "The export broke off and nothing was saved. Try again.")
}

/// Counts the rows of CSV as it comes: a line break within quotes begins none.
#[derive(Default)]
struct Rows {
    lines: u64,
    is_quoted: bool,
    is_begun: bool,
}

impl Rows {
    fn read(&mut self, piece: &[u8]) {
        for byte in piece {
            match byte {
                b'"' => self.is_quoted = !self.is_quoted,
                b'\n' if !self.is_quoted => {
                    self.lines += 1;
                    self.is_begun = false;
                    continue;
                }
                _ => {}
            }
            self.is_begun = true;
        }
    }

    fn count(&self) -> u64 {
        (self.lines + u64::from(self.is_begun)).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(pieces: &[&str]) -> u64 {
        let mut rows = Rows::default();
        for piece in pieces {
            rows.read(piece.as_bytes());
        }
        rows.count()
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        assert_eq!(rows(&["id,name\r\n1,Asha\r\n2,Juma\r\n"]), 2);
        assert_eq!(rows(&["id,name\n1,\"two\nlines", " and \"\"quotes\"\"\"\n2,x"]), 2);
        assert_eq!(rows(&["id,name\n"]), 0);
        assert_eq!(rows(&[]), 0);
    }
}
