//! `hollyn-portal` as an administrator runs it: files, keys and the environment.
use hollyn_core::keys::Keys;
use hollyn_tests::{Buyer, TestApp};
use std::{
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output, Stdio},
};

/// The program in a folder, with nothing in its environment but `env`.
fn run(folder: &Path, words: &[&str], env: &[(&str, &str)]) -> Output {
    // Files of a process with an open umask are private all the same.
    Command::new("sh")
        .args(["-c", "umask 000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_portal-that-dies")])
        .args(words)
        .current_dir(folder)
        .env_clear()
        .envs(env.iter().copied())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

/// Everything that the program writes is for its own user, whatever the umask, and what was open is closed.
#[test]
fn other_users_of_the_machine_read_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a folder is made");
    std::fs::write(data.join("operators.txt"), "074 = M-PESA\n").expect("a file is written");
    std::fs::set_permissions(&data, PermissionsExt::from_mode(0o755)).expect("it is open");
    let ran = run(folder.path(), &["migrate"], &[]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let ran = run(folder.path(), &["backup", "copy.db"], &[]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&folder.path().join("copy.db")), 0o600);
    for entry in std::fs::read_dir(&data).expect("the folder is read") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert!(data.join("app.key").exists() && data.join("hollyn.db").exists());
}

/// `.env` is read from the working folder; one in a folder above belongs to something else.
#[test]
fn a_file_of_the_folder_above_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(".env"), "APP_ENV=nonsense\n").expect("a file is written");
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).expect("a folder is made");
    let ran = run(&inner, &["migrate"], &[]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let ran = run(folder.path(), &["migrate"], &[]);
    assert!(text(&ran.stderr).contains("APP_ENV should be"), "{}", text(&ran.stderr));
}

/// A portal with money, hosting, a sealed audit log and a mail that waits, made with `key`.
async fn portal_with_secrets(key: &str) -> TestApp {
    let app = TestApp::with(&[("APP_KEY", key), ("CREDENTIALS_MAIL", "password")]).await;
    let (browser, _) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    app.execute("update users set email_verified_at = created_at").await;
    browser.post("/confirm-password", &[("password", Buyer::default().password)]).await;
    browser.post("/profile/two-factor/start", &[]).await;
    assert_eq!(app.count("select count(*) from two_factor").await, 1);
    browser.post("/forgot-password", &[("email", Buyer::default().email)]).await;
    app.work().await;
    hollyn_core::ops::jobs::sweep(&app.ctx).await.expect("the log is sealed");
    app
}

fn env<'a>(app: &'a TestApp, keys: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let folder = app.dir().to_str().expect("a path in UTF-8");
    [("HOLLYN_DATA_DIR", folder)].into_iter().chain(keys.iter().copied()).collect()
}

/// How many values of the database name the key.
async fn made_by(app: &TestApp, id: &str) -> i64 {
    let columns = "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c \
                   where m.type = 'table' and lower(c.type) not in ('bigint', 'integer', 'blob')";
    let columns: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(app.sql()).await.expect("columns");
    let mut count = 0;
    for (table, column) in columns {
        let sql = format!("select count(*) from \"{table}\" where \"{column}\" like '%1.{id}.%'");
        let found: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(app.sql()).await.expect("a number");
        count += found;
    }
    count
}

/// Every value is moved to the new key, also after the program was killed halfway, and the old key may go.
#[tokio::test]
async fn a_rotated_key_reads_everything_and_the_old_one_is_not_needed() {
    let (old, new) = (Keys::generate(), Keys::generate());
    let (old_id, new_id) =
        [&old, &new].map(|key| Keys::parse(key, &[]).expect("a key").current_id().to_owned()).into();
    let app = portal_with_secrets(&old).await;
    let before = made_by(&app, &old_id).await;
    assert!(before >= 4, "a password, a seed, a link and a seal: {before}");

    let rotated = env(&app, &[("APP_KEY", &new), ("APP_PREVIOUS_KEYS", &old)]);
    let killed = run(app.dir(), &["rotate-key"], &[&rotated[..], &[("DIE_AT", "app_keys.batch:2")]].concat());
    assert!(!killed.status.success());
    let halfway = made_by(&app, &old_id).await;
    assert!(0 < halfway && halfway < before, "{halfway} of {before} are left");
    let early = run(app.dir(), &["figures"], &env(&app, &[("APP_KEY", &new)]));
    assert!(text(&early.stderr).contains(&old_id), "the old key is still needed: {}", text(&early.stderr));

    let ran = run(app.dir(), &["rotate-key"], &rotated);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    assert!(text(&ran.stdout).contains("APP_PREVIOUS_KEYS is not needed any more"), "{}", text(&ran.stdout));
    assert_eq!((made_by(&app, &old_id).await, made_by(&app, &new_id).await), (0, before));

    let alone = env(&app, &[("APP_KEY", &new)]);
    for words in [&["figures"][..], &["audit", "verify"], &["rotate-key"]] {
        let ran = run(app.dir(), words, &alone);
        assert!(ran.status.success(), "{words:?}: {}", text(&ran.stderr));
    }
    let keys = Keys::parse(&new, &[]).expect("a key");
    let sealed = app.text("select webuzo_temp_password_enc from services where id = 1").await;
    let panel = app.sim().panel.accounts();
    let password = keys.open("services", 1, "password", &sealed).expect("it opens with the new key");
    assert!(panel.iter().any(|account| account.password == password), "the password is still the account's");
}

/// A portal with another key would serve pages and fail at the first password.
#[tokio::test]
async fn a_wrong_key_stops_the_start_with_a_sentence() {
    let key = Keys::generate();
    let app = portal_with_secrets(&key).await;
    let other = Keys::generate();
    let ran = run(app.dir(), &["figures"], &env(&app, &[("APP_KEY", &other)]));
    assert!(!ran.status.success());
    let said = text(&ran.stderr);
    assert!(said.contains("APP_KEY should be the key that this database was made with"), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("hollyn-portal:")).count(), 1, "{said}");
    let ran = run(app.dir(), &["figures"], &env(&app, &[("APP_KEY", &key)]));
    assert!(ran.status.success(), "the wrong key was not recorded: {}", text(&ran.stderr));
}
