//! Locks that outlive a panic: what they guard is valid between any two statements.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also when another thread panicked while it held the lock.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
