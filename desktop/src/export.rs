//! Exports: rows as CSV, streamed from the portal into a file. The page does not receive them.
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use hollyn_core::{
    api::{BROKE_OFF, ExportQuery, endpoints},
    error_chain,
};
use serde::{Deserialize, Serialize};
use tokio::{fs::File, io::AsyncWriteExt as _};

use crate::{
    error::{AppError, ErrorKind},
    session::CurrentSession,
};

/// The tables that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ExportNoun {
    Users,
    Orders,
    Services,
    Payments,
    Audit,
}

impl ExportNoun {
    pub fn as_str(self) -> &'static str {
        match self {
            ExportNoun::Users => "users",
            ExportNoun::Orders => "orders",
            ExportNoun::Services => "services",
            ExportNoun::Payments => "payments",
            ExportNoun::Audit => "audit",
        }
    }
}

/// An export that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SavedExport {
    #[cfg_attr(test, ts(type = "string"))]
    pub path: PathBuf,
    /// The number of rows without the header.
    pub rows: u64,
}

/// Saves exports.
pub struct Exporter {
    pub session: Arc<CurrentSession>,
}

impl Exporter {
    /// Saves the rows of a table that match the query. The file appears once it is complete.
    pub async fn save(
        &self,
        noun: ExportNoun,
        query: &ExportQuery,
        path: PathBuf,
    ) -> Result<SavedExport, AppError> {
        let session = self.session.require_session()?;
        let answer = session.client.send::<endpoints::export>(&noun.as_str().to_owned(), query, &()).await;
        let response = self.session.check(&session, answer).await?;
        let temporary = temporary_path(&path);
        let saved = match download(response, &temporary).await {
            Ok(rows) => tokio::fs::rename(&temporary, &path).await.map(|()| rows).map_err(not_written),
            Err(error) => Err(error),
        };
        if saved.is_err() {
            let _ = tokio::fs::remove_file(&temporary).await;
        }
        Ok(SavedExport { path, rows: saved? })
    }
}

/// Writes the answer to a file and returns its number of rows.
async fn download(mut response: reqwest::Response, path: &Path) -> Result<u64, AppError> {
    let mut file = File::create(path).await.map_err(not_written)?;
    let (mut rows, mut end) = (RowCounter::default(), Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(interrupted)? {
        rows.count(&chunk);
        end.extend_from_slice(&chunk);
        end.drain(..end.len().saturating_sub(BROKE_OFF.len()));
        file.write_all(&chunk).await.map_err(not_written)?;
    }
    if end == BROKE_OFF.as_bytes() {
        return Err(incomplete());
    }
    file.sync_all().await.map_err(not_written)?;
    Ok(rows.total())
}

fn temporary_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

fn not_written(error: io::Error) -> AppError {
    AppError::refused(format!("The file cannot be written: {error}."))
}

fn interrupted(error: reqwest::Error) -> AppError {
    tracing::warn!(error = error_chain(&error), "the export was interrupted");
    incomplete()
}

fn incomplete() -> AppError {
    AppError::new(ErrorKind::Unreachable, "The export broke off and nothing was saved. Try again.")
}

/// Counts the rows of CSV in chunks. A line break within quotes does not end a row.
#[derive(Default)]
struct RowCounter {
    lines: u64,
    is_quoted: bool,
    is_in_line: bool,
}

impl RowCounter {
    fn count(&mut self, chunk: &[u8]) {
        for byte in chunk {
            match byte {
                b'"' => self.is_quoted = !self.is_quoted,
                b'\n' if !self.is_quoted => {
                    self.lines += 1;
                    self.is_in_line = false;
                    continue;
                }
                _ => {}
            }
            self.is_in_line = true;
        }
    }

    fn total(&self) -> u64 {
        (self.lines + u64::from(self.is_in_line)).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(chunks: &[&str]) -> u64 {
        let mut rows = RowCounter::default();
        for chunk in chunks {
            rows.count(chunk.as_bytes());
        }
        rows.total()
    }

    #[test]
    fn line_breaks_in_quotes_and_the_header_are_not_counted_as_rows() {
        assert_eq!(rows(&["id,name\r\n1,Asha\r\n2,Juma\r\n"]), 2);
        assert_eq!(rows(&["id,name\n1,\"two\nlines", " and \"\"quotes\"\"\"\n2,x"]), 2);
        assert_eq!(rows(&["id,name\n"]), 0);
        assert_eq!(rows(&[]), 0);
    }
}
