//! Copying. A secret goes from Rust to the system's clipboard, marked so that clipboard managers leave it alone, and is
//! taken away again: after some seconds, when the app locks, when it ends. What somebody copied since stays.
use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use crate::{held, trouble::Trouble};

/// The system's clipboard. Every call may block, and none may be made on the main thread.
pub trait Board: Send + Sync + 'static {
    /// Its text; None where it holds none.
    fn read(&self) -> Option<String>;
    fn write(&self, text: &str) -> Result<(), String>;
    /// As [`Board::write`], marked as a secret.
    fn write_secret(&self, text: &str) -> Result<(), String>;
    fn clear(&self) -> Result<(), String>;
}

/// Which of the copied secrets it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn(u64);

/// The clipboard and the secret of ours that may be on it.
pub struct Clipboard {
    board: Box<dyn Board>,
    turns: AtomicU64,
    secret: Mutex<Option<(Turn, String)>>,
}

impl Clipboard {
    pub fn new(board: impl Board) -> Clipboard {
        Clipboard { board: Box::new(board), turns: AtomicU64::new(0), secret: Mutex::new(None) }
    }

    pub fn copy(&self, text: &str) -> Result<(), Trouble> {
        self.board.write(text).map_err(failed)
    }

    /// Copies a secret. The turn is for [`Clipboard::clear`], some seconds later.
    pub fn copy_secret(&self, text: &str) -> Result<Turn, Trouble> {
        let mut secret = held(&self.secret);
        self.board.write_secret(text).map_err(failed)?;
        let turn = Turn(self.turns.fetch_add(1, Ordering::Relaxed));
        *secret = Some((turn, text.to_owned()));
        Ok(turn)
    }

    /// Takes the secret of this turn away, or, without a turn, whichever there is.
    pub fn clear(&self, turn: Option<Turn>) {
        let mut secret = held(&self.secret);
        let is_meant = |(of, _): &(Turn, String)| turn.is_none_or(|turn| turn == *of);
        let Some((_, text)) = secret.take_if(|secret| is_meant(secret)) else { return };
        if self.board.read().as_deref() != Some(text.as_str()) {
            return;
        }
        if let Err(error) = self.board.clear() {
            tracing::warn!(error, "the clipboard is not cleared");
        }
    }
}

fn failed(error: String) -> Trouble {
    tracing::warn!(error, "nothing is copied");
    Trouble::refused("The system's clipboard did not take it. Try again.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    /// A clipboard that remembers what it was given, and how.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<(Option<String>, Vec<String>)>>);

    impl Board for Paper {
        fn read(&self) -> Option<String> {
            held(&self.0).0.clone()
        }
        fn write(&self, text: &str) -> Result<(), String> {
            let mut paper = held(&self.0);
            paper.0 = Some(text.to_owned());
            paper.1.push(format!("plain {text}"));
            Ok(())
        }
        fn write_secret(&self, text: &str) -> Result<(), String> {
            let mut paper = held(&self.0);
            paper.0 = Some(text.to_owned());
            paper.1.push(format!("secret {text}"));
            Ok(())
        }
        fn clear(&self) -> Result<(), String> {
            held(&self.0).0 = None;
            Ok(())
        }
    }

    fn clipboard() -> (Clipboard, Paper) {
        let paper = Paper::default();
        (Clipboard::new(paper.clone()), paper)
    }

    #[test]
    fn a_copied_password_leaves_the_clipboard() {
        let (clipboard, paper) = clipboard();
        let turn = clipboard.copy_secret("hunter2").unwrap();
        assert_eq!(held(&paper.0).1, ["secret hunter2"]);
        clipboard.clear(Some(turn));
        assert_eq!(paper.read(), None);
    }

    #[test]
    fn what_was_copied_since_stays() {
        let (clipboard, paper) = clipboard();
        let turn = clipboard.copy_secret("hunter2").unwrap();
        paper.write("a shopping list").unwrap();
        clipboard.clear(Some(turn));
        assert_eq!(paper.read().as_deref(), Some("a shopping list"));
    }

    #[test]
    fn a_second_password_has_its_whole_time() {
        let (clipboard, paper) = clipboard();
        let first = clipboard.copy_secret("one").unwrap();
        let second = clipboard.copy_secret("two").unwrap();
        clipboard.clear(Some(first));
        assert_eq!(paper.read().as_deref(), Some("two"));
        clipboard.clear(Some(second));
        assert_eq!(paper.read(), None);
    }

    #[test]
    fn the_same_password_copied_twice_has_its_whole_time_again() {
        let (clipboard, paper) = clipboard();
        let first = clipboard.copy_secret("hunter2").unwrap();
        clipboard.copy_secret("hunter2").unwrap();
        clipboard.clear(Some(first));
        assert_eq!(paper.read().as_deref(), Some("hunter2"));
    }

    #[test]
    fn locking_takes_whatever_secret_there_is_and_no_plain_text() {
        let (clipboard, paper) = clipboard();
        clipboard.copy_secret("hunter2").unwrap();
        clipboard.clear(None);
        assert_eq!(paper.read(), None);
        clipboard.copy("shop.example").unwrap();
        clipboard.clear(None);
        assert_eq!(paper.read().as_deref(), Some("shop.example"));
    }
}
