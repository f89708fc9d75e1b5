//! What connections to the database may do.
use hollyn_core::store::Tx;
use hollyn_tests::TestApp;

async fn write(tx: &mut Tx) -> Result<(), String> {
    let deleted = sqlx::query("delete from jobs").execute(tx.connection()).await;
    deleted.map(drop).map_err(|error| error.to_string())
}

#[tokio::test]
async fn readers_cannot_write() {
    let app = TestApp::start().await;
    let mut reader = app.ctx.db.reader().await.expect("a reader");
    let error = write(&mut reader).await.expect_err("a reader does not write");
    assert!(error.contains("readonly"), "{error}");
    let mut snapshot = app.ctx.db.snapshot().await.expect("a snapshot");
    let error = write(&mut snapshot).await.expect_err("a snapshot does not write");
    assert!(error.contains("readonly"), "{error}");
    let mut transaction = app.ctx.db.begin().await.expect("a transaction");
    write(&mut transaction).await.expect("a transaction writes");
}
