//! Permissions of what the portal writes: for its own user alone.
use std::{io, path::Path};

/// Makes everything that this process creates from now on private to its user: folders 0700, files 0600.
/// SQLite's files, backups and keys are covered without a call of their own.
pub fn restrict_process() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Makes the data folder where it is missing, and takes the rights of other users from it and its files: an
/// older version, or a copy put there by hand, may have left them open.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    close_to_others(folder)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            close_to_others(&entry.path())?;
        }
    }
    Ok(())
}

/// Takes all rights of the group and of others away.
#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o700))
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}
