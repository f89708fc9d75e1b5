//! Changes of the audit log by an attacker with write access to the database and without `APP_KEY`.
use super::{rows, staff, verdict};
use hollyn_core::{
    domain::{
        audit::{AuditEntry, AuditSeal, Broken, Fault, Head, Mark, MarkKind, Sound, Verifier},
        time::Timestamp,
    },
    keys::Keys,
    ops::{audit::marks, jobs, orders},
    read,
    store::audit,
};
use hollyn_tests::{Buyer, TestApp, reason};

/// The three tables, in memory.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Tables {
    rows: Vec<AuditEntry>,
    seals: Vec<AuditSeal>,
    head: Option<Head>,
}

impl Tables {
    async fn of(app: &TestApp) -> Tables {
        let read = read!(&app.ctx.db, c => Ok((audit::seals(c).await?, audit::head(c).await?)));
        let (seals, head) = read.expect("the tables can be read");
        Tables { rows: rows(app).await, seals, head }
    }

    /// In the order of the ids, as the database returns them.
    fn verdict(mut self, keys: &Keys, anchor: &Head) -> Result<Sound, Broken> {
        self.rows.sort_by_key(|row| row.id);
        let mut marks = marks(keys, self.seals);
        marks.push(Mark { id: anchor.last_id, hash: anchor.last_hash.clone(), kind: MarkKind::Anchor });
        let mut verifier = Verifier::new(marks);
        self.rows.iter().try_for_each(|row| verifier.take(&row.link()))?;
        verifier.end(self.head)
    }

    /// Computes ids and hashes of all rows from `from` on, and moves the head to the last of them.
    fn forge(&mut self, from: usize) {
        for at in from..self.rows.len() {
            let prev_hash = if at == 0 { String::new() } else { self.rows[at - 1].hash.clone() };
            let row = &mut self.rows[at];
            row.id = at as i64 + 1;
            row.hash = row.link().act.hash(&prev_hash);
            row.prev_hash = prev_hash;
        }
        self.head = Some(match self.rows.last() {
            Some(last) => Head { last_id: last.id, last_hash: last.hash.clone() },
            None => Head { last_id: 0, last_hash: String::new() },
        });
    }
}

/// SplitMix64: the same choices for the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).expect("below a usize")
    }

    fn text(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        match (self.below(4), text.is_empty()) {
            (0, false) => drop(text.pop()),
            (1, false) => text = text.replace(text.chars().next().expect("not empty"), "~"),
            (2, false) => text.clear(),
            (_, _) => text.push('~'),
        }
        text
    }

    fn maybe(&mut self, text: &Option<String>) -> Option<String> {
        match text {
            Some(text) if self.below(3) > 0 => Some(self.text(text)),
            Some(_) => None,
            None => Some(if self.below(2) == 0 { String::new() } else { "~".into() }),
        }
    }

    fn number(&mut self, number: i64) -> i64 {
        [number + 1, number - 1, -number - 1, number ^ 1 << 40][self.below(4)]
    }
}

/// Changes one column of one row. Returns which.
fn edit(dice: &mut Dice, row: &mut AuditEntry) -> &'static str {
    match dice.below(12) {
        0 => (row.id = dice.number(row.id), "id").1,
        1 => (row.prev_hash = dice.text(&row.prev_hash), "prev_hash").1,
        2 => (row.hash = dice.text(&row.hash), "hash").1,
        3 => (row.actor = dice.text(&row.actor), "actor").1,
        4 => (row.subject = dice.maybe(&row.subject), "subject").1,
        5 => (row.action = dice.text(&row.action), "action").1,
        6 => (row.object = dice.text(&row.object), "object").1,
        7 => {
            row.object_id = match row.object_id {
                Some(_) if dice.below(3) == 0 => None,
                Some(id) => Some(dice.number(id)),
                None => Some(0),
            };
            "object_id"
        }
        8 => (row.details = dice.maybe(&row.details), "details").1,
        9 => (row.address = dice.maybe(&row.address), "address").1,
        10 => (row.request_id = dice.maybe(&row.request_id), "request_id").1,
        _ => (row.created_at = Timestamp(dice.number(row.created_at.0)), "created_at").1,
    }
}

/// One random change of the tables. Returns its description.
fn tamper(dice: &mut Dice, tables: &mut Tables, kind: usize) -> String {
    let count = tables.rows.len();
    let at = dice.below(count);
    let sealed = usize::try_from(tables.seals.last().expect("a seal").audit_id).expect("a small number");
    let before_seal = dice.below(sealed);
    match kind {
        0 | 1 => format!("edited {} of row {}", edit(dice, &mut tables.rows[at]), at + 1),
        2 => {
            let range = match dice.below(4) {
                0 => 0..1,
                1 => count - 1..count,
                2 => at..at + 1,
                _ => at..(at + 1 + dice.below(5)).min(count),
            };
            tables.rows.drain(range.clone());
            format!("deleted rows {range:?}")
        }
        3 => {
            let mut row = tables.rows[at].clone();
            row.id = [0, -1, count as i64 + 1, count as i64 + 7, i64::MIN + 1][dice.below(5)];
            row.prev_hash = tables.rows[count - 1].hash.clone();
            row.hash = row.link().act.hash(&row.prev_hash);
            tables.rows.push(row.clone());
            format!("inserted a row {} whose hash fits", row.id)
        }
        4 => {
            let row = tables.rows[at].clone();
            tables.rows.insert(at, row);
            (at + 1..=count).for_each(|later| tables.rows[later].id += 1);
            if let Some(head) = &mut tables.head {
                head.last_id += 1;
            }
            format!("inserted row {} again and moved the later ones on", at + 1)
        }
        5 => {
            let other = (at + 1 + dice.below(count - 1)) % count;
            let whole = dice.below(2) == 0;
            tables.rows.swap(at, other);
            if whole {
                (tables.rows[at].id, tables.rows[other].id) = (at as i64 + 1, other as i64 + 1);
            } else {
                // Each keeps its place in the chain and has the content of the other one.
                let (one, two) = (tables.rows[at].clone(), tables.rows[other].clone());
                let keep = |row: &mut AuditEntry, place: &AuditEntry| {
                    (row.id, row.prev_hash, row.hash) =
                        (place.id, place.prev_hash.clone(), place.hash.clone());
                };
                keep(&mut tables.rows[at], &two);
                keep(&mut tables.rows[other], &one);
            }
            format!("exchanged rows {} and {}, whole: {whole}", at + 1, other + 1)
        }
        6 => {
            let column = edit(dice, &mut tables.rows[before_seal]);
            // These two are only what forging makes of them, so something else is changed as well.
            tables.rows[before_seal].actor.push('~');
            tables.forge(before_seal);
            let hidden = dice.below(3);
            for seal in &mut tables.seals {
                if let (1, Some(row)) = (hidden, tables.rows.get(seal.audit_id as usize - 1)) {
                    seal.hash = row.hash.clone();
                }
            }
            if hidden == 2 {
                let none_left = dice.below(2) == 0;
                tables.seals.retain(|seal| !none_left && seal.audit_id <= before_seal as i64);
            }
            format!("edited {column} of row {} and forged the rest; seals: {hidden}", before_seal + 1)
        }
        7 => {
            tables.rows.truncate(before_seal);
            tables.forge(before_seal);
            format!("kept {before_seal} rows and moved the head there")
        }
        8 => {
            tables.rows.remove(before_seal);
            tables.forge(before_seal);
            format!("deleted row {} and forged the rest", before_seal + 1)
        }
        9 => {
            let last = tables.head.clone().expect("a head");
            tables.head = match dice.below(3) {
                0 => None,
                1 => Some(Head { last_id: dice.number(last.last_id), ..last }),
                _ => Some(Head { last_hash: dice.text(&last.last_hash), ..last }),
            };
            format!("made the head {:?}", tables.head)
        }
        _ => {
            let nth = dice.below(tables.seals.len());
            let seal = &mut tables.seals[nth];
            match dice.below(4) {
                0 => seal.seal = dice.text(&seal.seal),
                1 => seal.hash = dice.text(&seal.hash),
                2 => seal.created_at = Timestamp(dice.number(seal.created_at.0)),
                _ => seal.audit_id = dice.number(seal.audit_id),
            }
            format!("changed the seal {nth}: {seal:?}")
        }
    }
}

/// Purchases, set-ups, a sign-in, actions of staff; sealed twice in between and at the end.
async fn a_busy_day(app: &TestApp) -> Head {
    for n in 1..=3 {
        app.paid_order(&Buyer::nth(n)).await;
        app.work().await;
        let (_, uuid) = app.order(&Buyer { domain: "duka9.co.tz".into(), ..Buyer::nth(n + 10) }).await;
        orders::cancel(&app.ctx, &staff(), uuid, &reason("a mistake")).await.expect("the database answers");
        app.advance(3600);
        jobs::sweep(&app.ctx).await.expect("a sweep");
    }
    verdict(app).await.expect("the log is untouched").head
}

/// 500 changes of every kind, each of the untouched tables.
#[tokio::test]
async fn every_change_of_the_log_is_detected() {
    const SEED: u64 = 0x2026_1123;
    let seed = std::env::var("AUDIT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let app = TestApp::start().await;
    let noted = a_busy_day(&app).await;
    let tables = Tables::of(&app).await;
    let sound = tables.clone().verdict(&app.ctx.keys, &noted).expect("the log is untouched");
    assert_eq!((sound.seals, sound.sealed_to), (3, noted.last_id));
    let (mut dice, mut unseen) = (Dice(seed), Vec::new());
    for n in 0..500 {
        let (mut touched, mut what);
        loop {
            touched = tables.clone();
            what = tamper(&mut dice, &mut touched, n % 11);
            // An edit may change nothing: an empty text that is emptied.
            if touched != tables {
                break;
            }
        }
        if touched.verdict(&app.ctx.keys, &noted).is_ok() {
            unseen.push(format!("{n}: {what}"));
        }
    }
    println!("500 tamperings with {} rows, AUDIT_SEED={seed}: {} unseen", tables.rows.len(), unseen.len());
    assert_eq!(unseen, Vec::<String>::new(), "AUDIT_SEED={seed}");
    app.work().await;
}

#[tokio::test]
async fn the_verdict_names_the_first_changed_row_and_the_kind_of_change() {
    let app = TestApp::start().await;
    let noted = a_busy_day(&app).await;
    let tables = Tables::of(&app).await;
    let last = tables.rows.len();
    let says = |change: fn(&mut Tables)| {
        let mut touched = tables.clone();
        change(&mut touched);
        let broken = touched.verdict(&app.ctx.keys, &noted).expect_err("it is found");
        (broken.id, broken.fault)
    };
    assert_eq!(says(|t| t.rows[4].actor.push('x')), (5, Fault::Edited));
    assert_eq!(says(|t| drop(t.rows.remove(4))), (5, Fault::Missing));
    assert_eq!(says(|t| t.rows[0].id = 0), (0, Fault::Inserted));
    assert_eq!(says(|t| drop(t.rows.pop())), (last as i64, Fault::Missing));
    assert_eq!(says(|t| t.head = None), (last as i64, Fault::OtherHead));
    assert_eq!(
        says(|t| {
            t.rows.swap(4, 5);
            (t.rows[4].id, t.rows[5].id) = (5, 6);
        }),
        (5, Fault::OutOfPlace)
    );
    let first_seal = tables.seals[0].audit_id;
    assert_eq!(
        says(|t| {
            t.rows[4].actor.push('x');
            t.forge(4);
        }),
        (first_seal, Fault::OtherSeal)
    );
    assert_eq!(
        says(|t| {
            t.rows[4].actor.push('x');
            t.forge(4);
            t.seals.clear();
        }),
        (last as i64, Fault::OtherAnchor)
    );
    assert_eq!(says(|t| t.seals[0].created_at.0 += 1), (first_seal, Fault::FalseSeal));
    app.work().await;
}

/// Changes that only SQL can make.
#[tokio::test]
async fn changes_by_sql_are_detected() {
    let app = TestApp::start().await;
    a_busy_day(&app).await;
    for (change, back, expected) in [
        (
            "update audit_log set actor = actor || 'x' where id = 3",
            "update audit_log set actor = substr(actor, 1, length(actor) - 1) where id = 3",
            "row 3 was edited: its hash does not fit what it says",
        ),
        (
            "update audit_log set id = -5 where id = 1",
            "update audit_log set id = 1 where id = -5",
            "row -5 was inserted: it stands outside the chain",
        ),
        (
            "update audit_log set details = '' where id = 2 and details is null",
            "update audit_log set details = null where id = 2",
            "row 2 was edited: its hash does not fit what it says",
        ),
        (
            "update audit_log set created_at = 'yesterday' where id = 4",
            "select 1",
            "row 1 cannot be read, or one soon after it: a column holds what was never written there",
        ),
    ] {
        app.execute(change).await;
        assert_eq!(verdict(&app).await.unwrap_err().to_string(), expected);
        app.execute(back).await;
    }
    app.work().await;
}
