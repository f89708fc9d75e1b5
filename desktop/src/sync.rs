//! Locking without poisoning.
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex. A thread that panicked with it leaves a usable value: each change is a single assignment.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
