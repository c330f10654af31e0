//! Standing type, as printers call what they keep set for the next edition: sources that are laid out, so that after a
//! change only what changed is laid out again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::typeset::Typeset;

/// Sources as they were laid out in earlier builds: keep it between them, and [sweep](Self::sweep) it after each.
#[derive(Debug, Default)]
pub struct Standing(Mutex<BTreeMap<Key, Kept>>);

/// A digest of all that the pages of a source depend on.
pub(super) type Key = u128;

#[derive(Debug)]
struct Kept {
    typeset: Arc<Typeset>,
    since: Since,
}

/// When a source was last looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Since {
    /// Before the last sweep.
    Before,
    /// Since then, and it was there.
    Used,
    /// Since then, and it was laid out.
    Made,
}

/// What became of the sources of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// How many were laid out.
    pub made: usize,
    /// How many were used again.
    pub used: usize,
    /// How many were not used, and are forgotten.
    pub gone: usize,
}

impl Standing {
    /// Forgets what has not been used since this was last called.
    pub fn sweep(&self) -> Swept {
        let mut kept = self.kept();
        let count = |since| kept.values().filter(|kept| kept.since == since).count();
        let swept = Swept {
            made: count(Since::Made),
            used: count(Since::Used),
            gone: count(Since::Before),
        };
        kept.retain(|_, kept| kept.since != Since::Before);
        kept.values_mut()
            .for_each(|kept| kept.since = Since::Before);
        swept
    }

    /// What is kept under `key`; otherwise what `make` makes, which is kept unless it fails.
    pub(super) fn get_or_make<E>(
        &self,
        key: Key,
        make: impl FnOnce() -> Result<Typeset, E>,
    ) -> Result<Arc<Typeset>, E> {
        if let Some(kept) = self.kept().get_mut(&key) {
            if kept.since == Since::Before {
                kept.since = Since::Used;
            }
            return Ok(kept.typeset.clone());
        }
        let typeset = Arc::new(make()?);
        let kept = Kept {
            typeset: typeset.clone(),
            since: Since::Made,
        };
        self.kept().insert(key, kept);
        Ok(typeset)
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<Key, Kept>> {
        // Whoever panicked left it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
