//! Which modules import from each other, and whether in a circle.
//!
//! A module's own file and the files in its folder are one unit. Between the modules of one folder the
//! imports, each with all that is below it, run one way. A path through a re-export counts as one to where
//! the item is defined.
use super::reader::Source;
use std::collections::{BTreeMap, BTreeSet};

type Module = Vec<String>;

/// The circles of a crate's source folder.
pub fn of(root: &str, files: &[Source]) -> Vec<String> {
    let modules: BTreeMap<Module, &Source> =
        files.iter().map(|file| (module(root, &file.path), file)).collect();
    let mut imports: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (importer, file) in &modules {
        for path in paths(&file.code) {
            let Some(target) = target(&modules, importer, &path) else { continue };
            // The first module of each path that the other does not have: two modules of one folder.
            let common = importer.iter().zip(&target).take_while(|(a, b)| a == b).count();
            if common < importer.len() && common < target.len() {
                let from = importer[..=common].to_vec();
                imports.entry(from).or_default().insert(target[..=common].to_vec());
            }
        }
    }
    let reaches_itself = |start: &Module| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
        while let Some(next) = open.pop() {
            for target in imports.get(next).into_iter().flatten().filter(|target| seen.insert(*target)) {
                open.push(target);
            }
        }
        seen.contains(start)
    };
    let circular: BTreeSet<&Module> = imports.keys().filter(|start| reaches_itself(start)).collect();
    let line = |from: &Module| {
        let targets = imports[from].iter().filter(|target| circular.contains(target));
        let targets: Vec<String> = targets.map(|target| target.join("::")).collect();
        format!("{root}: {} -> {}", from.join("::"), targets.join(", "))
    };
    circular.iter().copied().map(line).collect()
}

fn module(root: &str, path: &str) -> Module {
    let path = path.trim_start_matches(root).trim_start_matches('/').trim_end_matches(".rs");
    let mut module: Module = path.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib" || last == "main") {
        module.pop();
    }
    module
}

/// Where the item of a path is defined.
fn target(modules: &BTreeMap<Module, &Source>, importer: &Module, path: &[String]) -> Option<Module> {
    let mut full = match path[0].as_str() {
        "crate" => path[1..].to_vec(),
        "self" => [importer.as_slice(), &path[1..]].concat(),
        "super" => {
            let up = path.iter().take_while(|part| *part == "super").count();
            [importer.get(..importer.len().checked_sub(up)?)?, &path[up..]].concat()
        }
        _ => {
            let child = [importer.as_slice(), &path[..1]].concat();
            if !modules.contains_key(&child) {
                return None;
            }
            [importer.as_slice(), path].concat()
        }
    };
    let item = full.clone();
    while !full.is_empty() && !modules.contains_key(&full) {
        full.pop();
    }
    let (source, name) = (modules.get(&full)?, item.get(full.len()));
    if let Some(name) = name {
        for export in uses(&source.code, "pub use ").into_iter().filter(|export| export.last() == Some(name))
        {
            if export != *path && export.len() > 1 {
                return target(modules, &full, &export).or(Some(full));
            }
        }
    }
    Some(full)
}

/// All paths of a file: those of its `use` lines, and those in the code that begin at the crate or above.
pub fn paths(code: &str) -> Vec<Vec<String>> {
    let mut paths = uses(code, "use ");
    let is_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    for word in code.split(|letter| !is_path(letter)) {
        let parts: Vec<String> = word.split("::").map(str::to_owned).collect();
        let is_rooted = ["crate", "super", "self"].contains(&parts[0].as_str());
        if is_rooted && parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) {
            paths.push(parts);
        }
    }
    paths
}

/// The paths of `use` declarations, each tree spread out.
fn uses(code: &str, keyword: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(keyword) {
        let is_word = !code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let tree = &code[at + keyword.len()..];
        if let Some(end) = tree.find(';').filter(|_| is_word) {
            spread(&tree[..end], &[], &mut found);
        }
    }
    found
}

fn spread(tree: &str, above: &[String], found: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    let (path, branches) = match tree.split_once('{') {
        Some((path, branches)) => (path, branches.trim_end().strip_suffix('}')),
        None => (tree.split(" as ").next().unwrap_or(tree), None),
    };
    let mut full = above.to_vec();
    full.extend(path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()));
    let Some(branches) = branches else {
        if full.len() > above.len() || !above.is_empty() {
            found.push(full);
        }
        return;
    };
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in branches.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                spread(&branches[start..at], &full, found);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !branches[start..].trim().is_empty() {
        spread(&branches[start..], &full, found);
    }
}

#[test]
fn a_tree_of_uses_is_spread_out() {
    let paths: Vec<String> =
        paths("use crate::{a::{B, self}, c}; super::d::e();").iter().map(|p| p.join("::")).collect();
    assert_eq!(paths, ["crate::a::B", "crate::a::self", "crate::c", "super::d::e"]);
}
