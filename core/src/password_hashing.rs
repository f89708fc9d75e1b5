//! Password hashing on a fixed number of threads, with a bounded queue in front of them.
//!
//! argon2id needs 19 MB for each hash. Each thread has one buffer and uses it again, so that a storm of
//! sign-ins costs no more memory than two of them. On tokio's blocking pool every thread kept the allocator's
//! copy of such a buffer for good.
use crate::{domain::text::opaque_string, random};
use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use secrecy::{ExposeSecret, SecretString};
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use subtle::ConstantTimeEq;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// How many passwords are hashed at once. Each keeps a core busy; more would only make all of them slower.
pub const THREADS: usize = 2;

/// How many requests of a [`Priority`] have a place, those being worked on included: a second of waiting. A
/// request beyond it is refused at once.
pub const PLACES: usize = 32;

/// A thread without work gives its buffer back after this time.
const IDLE: Duration = Duration::from_secs(3);

/// The least that RFC 9106 and OWASP accept for argon2id: 19 MB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Which requests are worked on first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// From a device that has been signed in to the account, or inside a valid session.
    Known,
    /// From anybody else. These wait while there are others.
    Unknown,
}

/// Why a password was not hashed or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashingError {
    /// All places are taken; a few seconds later there are free ones.
    #[error("too many passwords wait to be hashed")]
    Busy,
    /// The hash could not be computed.
    #[error("a password could not be hashed")]
    Failed,
}

type Job = Box<dyn FnOnce(&mut Buffer) + Send>;

#[derive(Default)]
struct Waiting {
    known: VecDeque<Job>,
    unknown: VecDeque<Job>,
    is_closed: bool,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    added: Condvar,
}

/// The threads and their queue. Dropped, the threads end after the work that waits.
pub struct PasswordHashing {
    queue: Arc<Queue>,
    known: Arc<Semaphore>,
    unknown: Arc<Semaphore>,
}

impl PasswordHashing {
    /// Starts the threads. Fails where the operating system gives none.
    pub fn start() -> std::io::Result<PasswordHashing> {
        let queue = Arc::new(Queue::default());
        for _ in 0..THREADS {
            let queue = queue.clone();
            std::thread::Builder::new().name("passwords".into()).spawn(move || queue.work())?;
        }
        let places = || Arc::new(Semaphore::new(PLACES));
        Ok(PasswordHashing { queue, known: places(), unknown: places() })
    }

    /// Takes a place in the queue. Busy where all are taken.
    pub fn place(&self, priority: Priority) -> Result<Place, HashingError> {
        let places = match priority {
            Priority::Known => &self.known,
            Priority::Unknown => &self.unknown,
        };
        let permit = places.clone().try_acquire_owned().map_err(|_| HashingError::Busy)?;
        Ok(Place { queue: self.queue.clone(), priority, _permit: permit })
    }
}

impl Drop for PasswordHashing {
    fn drop(&mut self) {
        self.queue.lock().is_closed = true;
        self.queue.added.notify_all();
    }
}

/// A place in the queue, free again when it is dropped.
pub struct Place {
    queue: Arc<Queue>,
    priority: Priority,
    _permit: OwnedSemaphorePermit,
}

impl Place {
    /// Hashes a password by argon2id, in the form of [`opaque_string`].
    pub async fn hash(&self, password: &str) -> Result<SecretString, HashingError> {
        let password = SecretString::from(opaque_string(password));
        let hashed = self.run(move |buffer| hash(password.expose_secret(), buffer)).await?;
        hashed.map(SecretString::from).map_err(|_| HashingError::Failed)
    }

    /// Whether the hash, of argon2id or bcrypt, is the password's.
    pub async fn verify(&self, password: &str, hash: &SecretString) -> Result<bool, HashingError> {
        let (password, hash) = (SecretString::from(password), hash.clone());
        self.run(move |buffer| verify(password.expose_secret(), hash.expose_secret(), buffer)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Buffer) -> T + Send + 'static,
    ) -> Result<T, HashingError> {
        let (done, result) = oneshot::channel();
        let job: Job = Box::new(move |buffer| {
            // The request may have been given up while it waited.
            if !done.is_closed() {
                let _ = done.send(work(buffer));
            }
        });
        self.queue.push(self.priority, job);
        result.await.map_err(|_| HashingError::Failed)
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, priority: Priority, job: Job) {
        let mut waiting = self.lock();
        match priority {
            Priority::Known => waiting.known.push_back(job),
            Priority::Unknown => waiting.unknown.push_back(job),
        }
        drop(waiting);
        self.added.notify_one();
    }

    /// What a thread does until the queue is closed and empty.
    fn work(&self) {
        let mut buffer = Buffer(Vec::new());
        while let Some(job) = self.next(&mut buffer) {
            if catch_unwind(AssertUnwindSafe(|| job(&mut buffer))).is_err() {
                tracing::error!("hashing a password panicked");
            }
        }
    }

    /// Waits for the next job; None where there will be none.
    fn next(&self, buffer: &mut Buffer) -> Option<Job> {
        let mut waiting = self.lock();
        loop {
            if let Some(job) = waiting.known.pop_front().or_else(|| waiting.unknown.pop_front()) {
                return Some(job);
            }
            if waiting.is_closed {
                return None;
            }
            let waited = self.added.wait_timeout(waiting, IDLE).unwrap_or_else(PoisonError::into_inner);
            waiting = waited.0;
            if waited.1.timed_out() {
                buffer.0 = Vec::new();
            }
        }
    }
}

/// The memory of one thread, for one hash after the other.
struct Buffer(Vec<Block>);

impl Buffer {
    fn blocks(&mut self) -> &mut [Block] {
        if self.0.is_empty() {
            self.0.reserve_exact(RESERVED_BLOCKS);
            self.0.resize(MEMORY_KIB as usize, Block::new());
        }
        &mut self.0
    }
}

/// What a buffer reserves, in blocks of a kilobyte. Memory that is never written costs nothing, and glibc
/// gives what is larger than 32 MB back to the system whenever it is freed; smaller pieces it keeps for the
/// thread.
const RESERVED_BLOCKS: usize = 40 * 1024;

fn hash(password: &str, buffer: &mut Buffer) -> password_hash::Result<String> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    let (salt, mut output) = (random::bytes::<16>(), [0; Params::DEFAULT_OUTPUT_LEN]);
    let params_string = ParamsString::try_from(&params)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into_with_memory(password.as_bytes(), &salt, &mut output, buffer.blocks())?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: params_string,
        salt: Some(Salt::new(&salt)?),
        hash: Some(Output::new(&output)?),
    };
    Ok(hash.to_string())
}

fn verify(password: &str, hash: &str, buffer: &mut Buffer) -> bool {
    let normal = SecretString::from(opaque_string(password));
    if hash.starts_with("$2") {
        // The former application hashed a password as the browser sent it.
        return [password, normal.expose_secret()]
            .iter()
            .any(|password| bcrypt::verify(password, hash).unwrap_or(false));
    }
    verify_argon2(normal.expose_secret(), hash, buffer).unwrap_or_else(|error| {
        tracing::error!(%error, "a stored password hash cannot be read");
        false
    })
}

/// Errors where the hash cannot be read, or needs more memory than a thread has.
fn verify_argon2(password: &str, hash: &str, buffer: &mut Buffer) -> password_hash::Result<bool> {
    let stored = PasswordHash::new(hash)?;
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else { return Ok(false) };
    let version = Version::try_from(stored.version.unwrap_or(Version::V0x13.into()))?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str())?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&stored)?);
    let mut output = vec![0; expected.len()];
    argon2.hash_password_into_with_memory(password.as_bytes(), salt, &mut output, buffer.blocks())?;
    Ok(output.ct_eq(expected.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `U*U` as the Laravel application stored it.
    const BCRYPT: &str = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    #[tokio::test]
    async fn a_hash_fits_its_own_password_and_no_other() {
        let hashing = PasswordHashing::start().unwrap();
        let place = hashing.place(Priority::Unknown).unwrap();
        let (first, second) = (place.hash("mkahawa").await.unwrap(), place.hash("mkahawa").await.unwrap());
        let accented = place.hash("cafe\u{301}").await.unwrap();
        assert!(first.expose_secret().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(first.expose_secret(), second.expose_secret(), "each has a salt of its own");
        for (password, hash, is_right) in [
            ("mkahawa", first.expose_secret(), true),
            ("caf\u{e9}", accented.expose_secret(), true),
            ("cafe\u{301}", accented.expose_secret(), true),
            ("mkahawa", second.expose_secret(), true),
            ("mkahawA", first.expose_secret(), false),
            ("", first.expose_secret(), false),
            ("U*U", BCRYPT, true),
            ("U*V", BCRYPT, false),
            ("U*U", "not a hash", false),
            ("U*U", "$argon2id$v=19$m=4194304,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9oYzVyn5", false),
        ] {
            let verified = place.verify(password, &SecretString::from(hash)).await;
            assert_eq!(verified, Ok(is_right), "{password} {hash}");
        }
    }

    #[test]
    fn known_devices_are_served_first_and_have_places_of_their_own() {
        // No threads: what waits is looked at.
        let places = || Arc::new(Semaphore::new(PLACES));
        let (queue, known, unknown) = (Arc::new(Queue::default()), places(), places());
        let hashing = PasswordHashing { queue: queue.clone(), known, unknown };
        let taken: Vec<Place> =
            (0..PLACES).map(|_| hashing.place(Priority::Unknown).expect("a place")).collect();
        assert_eq!(hashing.place(Priority::Unknown).err(), Some(HashingError::Busy));
        assert!(hashing.place(Priority::Known).is_ok());
        let order = Arc::new(Mutex::new(Vec::new()));
        for (name, priority) in [(1, Priority::Unknown), (2, Priority::Known), (3, Priority::Unknown)] {
            let order = order.clone();
            queue.push(priority, Box::new(move |_| order.lock().unwrap().push(name)));
        }
        drop(taken);
        assert!(hashing.place(Priority::Unknown).is_ok(), "a place is free again when it is given back");
        drop(hashing);
        queue.work();
        assert_eq!(*order.lock().unwrap(), [2, 1, 3]);
    }
}
