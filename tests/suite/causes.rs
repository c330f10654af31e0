//! One cause is one finding, which says what to type: a new book in which one thing is mistyped or renamed.

use std::fs;
use std::path::Path;

use fascicle::diagnostic::{Diagnostic, summed_up};

use super::support::{copy, fascicle, pipeline};

const HANDBOOK: &str = "handbook.toml";
const GLOSSARY: &str = "glossary.toml";
const CHAPTER: &str = "chapters/how-to-use.md";
const SITE: &str = "sites/example-place/index.md";
const PAGE: &str = "sites/example-place/example-treatment.md";
const TECHNIQUE: &str = "techniques/example-treatment.md";
const REFERENCE: &str = "references/charnock-1999-discern.md";

/// What is found in a new book in which something is changed.
struct Book {
    folder: tempfile::TempDir,
}

impl Book {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let arguments = [
            "new",
            "book",
            "--title",
            "My book",
            "--disease",
            "leiomyosarcoma",
        ];
        assert!(fascicle(&arguments, folder.path()).status.success());
        let handbook = folder.path().join("book/content").join(HANDBOOK);
        let text = fs::read_to_string(&handbook).unwrap();
        fs::write(handbook, of_one_day(&text)).unwrap();
        Self { folder }
    }

    fn found(&self, change: impl Fn(&Path)) -> Vec<Diagnostic> {
        let changed = tempfile::tempdir().unwrap();
        copy(&self.folder.path().join("book/content"), changed.path());
        change(changed.path());
        summed_up(&pipeline(changed.path()).1)
    }
}

/// A new `handbook.toml` as it would be on the same day always.
fn of_one_day(text: &str) -> String {
    let line = |line: &str| {
        let key = line.split(" =").next().unwrap_or_default();
        match (key, line.split_once("until = ")) {
            ("date" | "reviewed", _) => format!("{key} = \"2026-11-30\"\n"),
            ("next-review", _) => format!("{key} = \"2027-11-30\"\n"),
            ("evidence-to", _) => format!("{key} = \"2026-11\"\n"),
            (_, Some((rule, _))) => format!("{rule}until = \"2027-02-28\" }}\n"),
            _ => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

/// The messages, where they are not one with this help.
fn wrong(what: &str, found: &[Diagnostic], help: &str) -> Option<String> {
    let is_right = matches!(found, [only] if only.help == help);
    let said = found
        .iter()
        .map(|it| format!("\n    {} ({})", it.message, it.help));
    (!is_right).then(|| format!("{what}, {help}:{}", said.collect::<String>()))
}

#[test]
fn what_is_mistyped_is_told_once_with_what_to_type() {
    let book = Book::new();
    let rows = MISTYPED.iter().filter_map(|(file, meant, typed, help)| {
        let found = book.found(|folder| {
            let path = folder.join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(meant), "{file}: {meant}");
            fs::write(&path, text.replacen(meant, typed, 1)).unwrap();
        });
        wrong(typed, &found, help)
    });
    let wrong: Vec<String> = rows.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_renamed_is_told_once_with_what_to_type() {
    let book = Book::new();
    let rows = RENAMED.iter().filter_map(|(names, help)| {
        let found = book.found(|folder| {
            for (old, new) in *names {
                fs::rename(folder.join(old), folder.join(new)).unwrap();
            }
        });
        wrong(&format!("{names:?}"), &found, help)
    });
    let wrong: Vec<String> = rows.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file, what stands in it, what is typed in its place, and the help.
#[rustfmt::skip]
const MISTYPED: &[(&str, &str, &str, &str)] = &[
    (HANDBOOK, r#"title = "My book""#, "title = “My book”", r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, "title = “My ‘own’ book’s”", r#"type `title = "My ‘own’ book’s"`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, "sites = [“example-place”]", r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"id = "others""#, "id = “others”", r#"type `id = "others"`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#"sites = ["example-place]"#, r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#"sites = [example-place"]"#, r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#"sites = ["example-place""#, r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#"sites = "example-place"]"#, r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#"sites = "example-place""#, r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, "sites = [example-place]", r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ["a4" "large-print"]"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ["a4, "large-print"]"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ["a4", large-print"]"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ["a4"; "large-print"]"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title == "My book""#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = "My book"#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = My book""#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, "title = My book", r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = "My "own" book""#, r#"type `title = "My \"own\" book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = "C:\own""#, r#"type `title = "C:\\own"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = "My book","#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = "My book";"#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title: "My book""#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title "My book""#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, "title =", r#"type `title = ""` with the value between the marks"#),
    (HANDBOOK, r#"title = "My book""#, "title = \"My\nbook\"", r#"type `title = """` in the first line and `"""` at the end of the last one"#),
    (HANDBOOK, "read here.\\\n\"\"\"", "read here.\\\n", r#"type `"""` on a line below the text"#),
    (HANDBOOK, r#"disclaimer = """"#, r#"disclaimer = ""#, r#"type `disclaimer = """` in the first line and `"""` at the end of the last one"#),
    (HANDBOOK, r#"disclaimer = """"#, r#"disclaimer = """#, r#"type `disclaimer = """` in the first line and `"""` at the end of the last one"#),
    (HANDBOOK, "read here.\\\n\"\"\"", "read here.\\\n\"", r#"type `"""` on a line below the text"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#"sites = ("example-place")"#, r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ("a4", "large-print")"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, "variants = (a4, large-print)", r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ["a4"], ["large-print"]"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = "a4" and "large-print""#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ("a4", "large-print"), # both"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, r#"variants = ("a4"), ("large-print")"#, r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[population]];\u{a0}id = \"others\"", r#"put `id = "others"` on the next line"#),
    (HANDBOOK, r#"title = "My book""#, "title = “”", r#"type `title = ""` with the value between the marks"#),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[population]].\nid = \"others\"", "type `[[population]]`"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[population]]; id = \"others\"", r#"put `id = "others"` on the next line"#),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[population]] id = \"others\"", r#"put `id = "others"` on the next line"#),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[population]]:\nid = \"others\"", "type `[[population]]`"),
    (HANDBOOK, "sites = [", "sits = [", "did you mean `sites`?"),
    (HANDBOOK, r#"title = "My"#, r#"titel = "My"#, "did you mean `title`?"),
    (HANDBOOK, "chapters = [", "chapter = [", "did you mean `chapters`?"),
    (HANDBOOK, r#"title = "My"#, r#"Title = "My"#, "did you mean `title`?"),
    (HANDBOOK, "evidence-to =", "evidence_to =", "did you mean `evidence-to`?"),
    (HANDBOOK, r#"id = "others""#, r#"ident = "others""#, "did you mean `id`?"),
    (HANDBOOK, r#"id = "others""#, r#"ids = "others""#, "did you mean `id`?"),
    (HANDBOOK, r#"label = "other people""#, r#"lable = "other people""#, "did you mean `label`?"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[popultion]]\nid = \"others\"", "did you mean `population`?"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[populations]]\nid = \"others\"", "did you mean `population`?"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[population]\nid = \"others\"", "write `[[population]]` on a line of its own"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[population]\nid = \"others\"", "type `[[population]]`"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[population]]\nid = \"others\"", "type `[[population]]`"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "[[population\nid = \"others\"", "type `[[population]]`"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "population\nid = \"others\"", "type `[[population]]`"),
    (HANDBOOK, "[[population]]\nid = \"others\"", r#"id = "others""#, "put a line `[[population]]` above this one"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "((population))\nid = \"others\"", "type `[[population]]`"),
    (HANDBOOK, "[[contributor]]\nname", "[[contributer]]\nname", "did you mean `contributor`?"),
    (HANDBOOK, "[[contributor]]\nname", "[contributor]\nname", "write `[[contributor]]` on a line of its own"),
    (HANDBOOK, "[rules]", "[[rules]]", "write `[rules]` on a line of its own"),
    (HANDBOOK, "[rules]", "[rule]", "did you mean `rules`?"),
    (HANDBOOK, "[rules]", "", "put a line `[rules]` above it"),
    (HANDBOOK, r#"sites = ["example-place"]"#, "[[site]]\nid = \"example-place\"", r#"type `sites = ["example-place"]` above the first line that begins with `[`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, "[[sites]]\nname = \"example-place\"", r#"type `sites = ["example-place"]` above the first line that begins with `[`"#),
    (HANDBOOK, r#"id = "others""#, r#"id = "other""#, "did you mean `other`?"),
    (HANDBOOK, r#"role = "compiler""#, r#"role = "compilor""#, "did you mean `compiler`?"),
    (HANDBOOK, "not-stated = {", "not-statd = {", "did you mean `not-stated`?"),
    (HANDBOOK, "reading-grade = 12", "reading-grade = twelve", "write digits alone, without quotation marks, behind `reading-grade =`"),
    (HANDBOOK, "reading-grade = 12", "reading-grade = 12th", "type `reading-grade = 12`"),
    (HANDBOOK, r#"title = "My book""#, r#"title = "My book""#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, "title = «My book»", r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, "title = ''My book''", r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = ""My book"""#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, r#"title = "My book" // the title"#, r#"type `title = "My book"`"#),
    (HANDBOOK, "# The title, and", "The title, and", "begin each note with `#`, and put a text between the marks behind its key"),
    (REFERENCE, r#"authors = ["Charnock D", "Shepperd S", "Needham G", "Gann R"]"#, r#"authors = ["Charnock D, Shepperd S"]"#, r#"put each in quotation marks of its own: `"Charnock D", "Shepperd S"`"#),
    (REFERENCE, r#"authors = ["Charnock D", "Shepperd S", "Needham G", "Gann R"]"#, r#"authors = ["Charnock D, "Shepperd S"]"#, r#"type `authors = ["Charnock D", "Shepperd S"]`"#),
    (REFERENCE, r#"authors = ["Charnock D", "Shepperd S", "Needham G", "Gann R"]"#, r#"authors = ["Charnock D", "Shepperd S]"#, r#"type `authors = ["Charnock D", "Shepperd S"]`"#),
    (REFERENCE, r#"authors = ["Charnock D", "Shepperd S", "Needham G", "Gann R"]"#, r#"authors = ["Charnock D", "Shepperd S""#, r#"type `authors = ["Charnock D", "Shepperd S"]`"#),
    (REFERENCE, r#"authors = ["Charnock D", "Shepperd S", "Needham G", "Gann R"]"#, r#"authors = ["Charnock D" "Shepperd S"]"#, r#"type `authors = ["Charnock D", "Shepperd S"]`"#),
    (REFERENCE, r#"authors = ["Charnock D", "Shepperd S", "Needham G", "Gann R"]"#, r#"authors = "Charnock D", "Shepperd S""#, r#"type `authors = ["Charnock D", "Shepperd S"]`"#),
    (REFERENCE, r#"authors = ["Charnock D", "Shepperd S", "Needham G", "Gann R"]"#, r#"authors = ["Charnock D" and "Shepperd S"]"#, r#"type `authors = ["Charnock D", "Shepperd S"]`"#),
    (REFERENCE, "journal =", "jurnal =", "did you mean `journal`?"),
    (REFERENCE, "population =", "popullation =", "did you mean `population`?"),
    (REFERENCE, "sites =", "site =", "did you mean `sites`?"),
    (REFERENCE, "techniques =", "technique =", "did you mean `techniques`?"),
    (REFERENCE, r#"population = "others""#, r#"population = "other""#, "did you mean `others`?"),
    (REFERENCE, r#"population = "others""#, r#"population = "other people""#, "known: `leiomyosarcoma`, `others`"),
    (REFERENCE, r#"population = "others""#, "population = “others”", r#"type `population = "others"`"#),
    (REFERENCE, r#"sites = ["example-place"]"#, r#"sites = ["exampl-place"]"#, "did you mean `example-place`?"),
    (REFERENCE, r#"sites = ["example-place"]"#, r#"sites = ["Example place"]"#, "did you mean `example-place`?"),
    (REFERENCE, r#"sites = ["example-place"]"#, r#"sites = ["lung"]"#, "known: `example-place`"),
    (REFERENCE, r#"techniques = ["example-treatment"]"#, r#"techniques = ["exampl-treatment"]"#, "did you mean `example-treatment`?"),
    (REFERENCE, r#"techniques = ["example-treatment"]"#, r#"techniques = "example-treatment""#, r#"type `techniques = ["example-treatment"]`"#),
    (REFERENCE, r#"techniques = ["example-treatment"]"#, r#"techniques = ["Example treatment"]"#, "did you mean `example-treatment`?"),
    (REFERENCE, r#"date = "1999-02""#, r#"date = "1999–02""#, r#"type `date = "1999-02"`"#),
    (REFERENCE, "pmid = 10396471", "pmid = PMID: 10396471", "type `pmid = 10396471`"),
    (REFERENCE, "+++\n\nExperts", "++\n\nExperts", "type `+++` in the place of `++`"),
    (REFERENCE, "+++\n\nExperts", "\n\nExperts", "add a line `+++` between the front matter and the text"),
    (REFERENCE, "+++\n# One", "# One", "add a line `+++` above this one"),
    (REFERENCE, "+++\n\nExperts", "++++\n\nExperts", "type `+++` in the place of `++++`"),
    (REFERENCE, "+++\n\nExperts", "---\n\nExperts", "type `+++` in the place of `---`"),
    (REFERENCE, "+++\n# One", "---\n# One", "type `+++` for both"),
    (REFERENCE, "+++\n# One", "+ + +\n# One", "type `+++` in the place of `+ + +`"),
    (REFERENCE, r#"doi = "10"#, "doi = 10", r#"type `doi = "10.1136/jech.53.2.105"`"#),
    (REFERENCE, r#"pages = "105–111""#, "pages = 105-111", r#"type `pages = "105-111"`"#),
    (TECHNIQUE, "title =", "titel =", "did you mean `title`?"),
    (TECHNIQUE, r#"title = "Example treatment""#, r#"title = "Example treatment"#, r#"type `title = "Example treatment"`"#),
    (TECHNIQUE, r#"title = "Example treatment""#, "", "add `title = …`"),
    (TECHNIQUE, "## Risks", "##Risks", "type `## Risks`"),
    (TECHNIQUE, "## Risks", "## Risk", "write `## Risks` instead of `## Risk`"),
    (TECHNIQUE, "## Risks", "# Risks", "write `## Risks` instead of `# Risks`"),
    (TECHNIQUE, "## Risks", "### Risks", "write `## Risks` instead of `### Risks`"),
    (TECHNIQUE, "## Risks", "**Risks**", "add `## Risks` with text below it; if nothing is known, say so"),
    (SITE, r#"title = "Example place""#, r#"title = "Example place"#, r#"type `title = "Example place"`"#),
    (SITE, "+++\n\nSay", "\n\nSay", "add a line `+++` between the front matter and the text"),
    (GLOSSARY, "[[term]]", "[term]", "write `[[term]]` on a line of its own"),
    (GLOSSARY, "[[term]]", "[[terms]]", "did you mean `term`?"),
    (GLOSSARY, "[[see]]", "[see]", "write `[[see]]` on a line of its own"),
    (GLOSSARY, r#"name = "abstract""#, r#"name = "abstract"#, r#"type `name = "abstract"`"#),
    (GLOSSARY, r#"forms = ["abstracts"]"#, r#"forms = ["abstracts]"#, r#"type `forms = ["abstracts"]`"#),
    (GLOSSARY, r#"to = ["abstract"]"#, r#"to = ["abstrct"]"#, "did you mean `abstract`?"),
    (HANDBOOK, "\ncaution = true", "\ncaution = yes", "type `caution = true`"),
    (HANDBOOK, "\ncaution = true", "\ncaution = True", "type `caution = true`"),
    (HANDBOOK, "\ncaution = true", "\ncaution = \"true\"", "type `caution = true` or `caution = false`"),
    (HANDBOOK, "\ncaution = true", "\ncaution = \"Adults only\"", "type `caution = true` or `caution = false`"),
    (HANDBOOK, "\ncaution = true", "\ncaution = adults only", "type `caution = true` or `caution = false`"),
    (HANDBOOK, r#"title = "My book""#, r#"title = ["My book"]"#, r#"type `title = "My book"`"#),
    (HANDBOOK, r#"title = "My book""#, "title = \"My book\"\ntitle = \"Other\"", "delete one of the two lines"),
    (HANDBOOK, r#"licence = "CC"#, "title = \"Other\"\nlicence = \"CC", "delete one of the two lines"),
    (HANDBOOK, r#"sites = ["example-place"]"#, "sites = [\"example-place\"]\nsites = [\"other\"]", "delete one of the two lines"),
    (HANDBOOK, r#"search = ["leiomyosarcoma"]"#, r#"search = ["leiomyosarcoma]"#, r#"type `search = ["leiomyosarcoma"]`"#),
    (HANDBOOK, r#"search = ["leiomyosarcoma"]"#, "search =", r#"type `search = [""]` with the value between the marks"#),
    (HANDBOOK, r#""large-print""#, r#""large print""#, "did you mean `large-print`?"),
    (HANDBOOK, r#"variants = ["a4", "large-print"]"#, "variants = a4, large-print", r#"type `variants = ["a4", "large-print"]`"#),
    (HANDBOOK, r#"chapters = ["how-to-use"]"#, "chapters = [\n  \"how-to-use,\n]", r#"type `chapters = ["how-to-use"]`"#),
    (HANDBOOK, r#"chapters = ["how-to-use"]"#, "chapters = [\n  \"how-to-use\"\n", r#"type `chapters = ["how-to-use"]`"#),
    (HANDBOOK, r#"chapters = ["how-to-use"]"#, "chapters = \n[\n  \"how-to-use\"\n]", r#"type `chapters = ["how-to-use"]`"#),
    (HANDBOOK, r#"chapters = ["how-to-use"]"#, r#"chapters = ["how-to-use.md"]"#, "did you mean `how-to-use`?"),
    (HANDBOOK, r#"chapters = ["how-to-use"]"#, r#"chapters = ["chapters/how-to-use"]"#, "did you mean `how-to-use`?"),
    (HANDBOOK, r#"chapters = ["how-to-use"]"#, r#"chapters = ["How to use"]"#, "did you mean `how-to-use`?"),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#"sites = ["Example place"]"#, "did you mean `example-place`?"),
    (HANDBOOK, r#"role = "compiler""#, "", "add `role = …`"),
    (HANDBOOK, r#"role = "compiler""#, r#"role = "Compiler""#, "did you mean `compiler`?"),
    (HANDBOOK, "[[contributor]]\nname", "name", "put a line `[[contributor]]` above this one"),
    (HANDBOOK, "[[population]]\nid = \"leio", r#"id = "leio"#, "put a line `[[population]]` above this one"),
    (HANDBOOK, "[rules]", "rules:", "type `[rules]`"),
    (HANDBOOK, "[[population]]\nid = \"others\"", "population:\n  id = \"others\"", "type `[[population]]`"),
    (HANDBOOK, r#"sites = ["example-place"]"#, "sites:\n  - example-place", r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, "sites =\n  - example-place", r#"type `sites = ["example-place"]`"#),
    (HANDBOOK, r#"sites = ["example-place"]"#, r#""sites": ["example-place"],"#, r#"type `sites = ["example-place"]`"#),
    (REFERENCE, r#"population = "others""#, r#"population = ["others"]"#, r#"type `population = "others"`"#),
    (REFERENCE, "population = \"others\"\n", "", "add `population = …`"),
    (REFERENCE, r#"sites = ["example-place"]"#, r#"sites = "example-place""#, r#"type `sites = ["example-place"]`"#),
    (REFERENCE, r#"sites = ["example-place"]"#, r#"sites = ["example-place"#, r#"type `sites = ["example-place"]`"#),
    (REFERENCE, r#"sites = ["example-place"]"#, "sites = []", "add `example-place` to its `sites` and `example-treatment` to its `techniques`"),
    (REFERENCE, "sites = [\"example-place\"]\n", "", "add `example-place` to its `sites` and `example-treatment` to its `techniques`"),
    (REFERENCE, "techniques = [\"example-treatment\"]\n", "", "add `example-place` to its `sites` and `example-treatment` to its `techniques`"),
    (REFERENCE, r#"date = "1999-02""#, r#"date = "Feb 1999""#, r#"type `date = "1999-02"`"#),
    (REFERENCE, r#"date = "1999-02""#, "date = 1999-02", r#"type `date = "1999-02"`"#),
    (REFERENCE, r#"date = "1999-02""#, r#"date = "02/1999""#, r#"type `date = "1999"`"#),
    (REFERENCE, r#"date = "1999-02""#, r#"date = "1999 Feb-Mar""#, r#"type `date = "1999-02"`"#),
    (REFERENCE, r#"date = "1999-02""#, r#"date = "1999-00""#, "write the year, year and month, or day: `1989`, `1989-03`, `1989-03-01`"),
    (REFERENCE, r#"date = "1999-02""#, r#"date = "1999-2""#, r#"type `date = "1999-02"`"#),
    (REFERENCE, "pmid = 10396471", "pmid = 10.1136/jech.53.2.105", r#"type `doi = "10.1136/jech.53.2.105"`"#),
    (REFERENCE, "pmid = 10396471", "pmid = 10,396,471", "type `pmid = 10396471`"),
    (REFERENCE, "pmid = 10396471", "pmid =", "write digits alone behind `pmid =`"),
    (REFERENCE, r#"doi = "10.1136/jech.53.2.105""#, "doi = “10.1136/jech.53.2.105”", r#"type `doi = "10.1136/jech.53.2.105"`"#),
    (REFERENCE, "# patients = 28", "patients = 28 patients", "type `patients = 28`"),
    (REFERENCE, "# patients = 28", "patients = ~28", "type `patients = 28`"),
    (REFERENCE, r#"chapters = ["how-to-use"]"#, r#"chapters = ["how-to-us"]"#, "did you mean `how-to-use`?"),
    (REFERENCE, r#"volume = "53""#, "volume = 53(2)", r#"type `volume = "53(2)"`"#),
    (REFERENCE, "+++\n# One", "Text first\n+++\n# One", "put these words below the second `+++`"),
    (PAGE, "[@charnock-1999-discern]", "[@charnock-1999-discer]", "did you mean `charnock-1999-discern`?"),
    (PAGE, "[@charnock-1999-discern]", "[@Charnock-1999-discern]", "did you mean `charnock-1999-discern`?"),
    (PAGE, "[@charnock-1999-discern]", "[@charnock–1999–discern]", "did you mean `charnock-1999-discern`?"),
    (PAGE, "[@charnock-1999-discern]", "[@charnock-1999-discern.md]", "did you mean `charnock-1999-discern`?"),
    (TECHNIQUE, "## Risks\n", "", "add `## Risks` with text below it; if nothing is known, say so"),
    (TECHNIQUE, r#"title = "Example treatment""#, "title = \"Example treatment\"\ntitle = \"x\"", "delete one of the two lines"),
    (TECHNIQUE, r#"# aliases = ["…"]"#, r#"aliases = ["a", "b",,]"#, r#"type `aliases = ["a", "b"]`"#),
    (TECHNIQUE, r#"# aliases = ["…"]"#, r#"aliases = "EX""#, r#"type `aliases = ["EX"]`"#),
    (TECHNIQUE, r#"# aliases = ["…"]"#, r#"alias = ["EX"]"#, "did you mean `aliases`?"),
    (GLOSSARY, r#"definition = "The"#, "definition = The", r#"type `definition = "The summary of an article, which journals show to everybody."`"#),
    (GLOSSARY, r#"forms = ["abstracts"]"#, r#"forms = "abstracts""#, r#"type `forms = ["abstracts"]`"#),
    (GLOSSARY, "[[term]]", "[[term]", "type `[[term]]`"),
    (GLOSSARY, "[[term]]\n", "", "put a line `[[term]]` above this one"),
    (GLOSSARY, "[[see]]\n", "", "put a line `[[see]]` above this one"),
    (GLOSSARY, r#"to = ["abstract"]"#, r#"to = "abstract""#, r#"type `to = ["abstract"]`"#),
    (HANDBOOK, r#"id = "others""#, r#"id = "healthy""#, "known: `healthy`, `leiomyosarcoma`"),
    (PAGE, "+++\n", "+++\nfigure = {\n  text = \"a\"\n  reference = \"charnock-1999-discern\"\n}\n", "type `figure = { text = \"a\", reference = \"charnock-1999-discern\" }`"),
    (PAGE, "+++\n", "+++\nfigure = { text = \"a\"\n  reference = \"charnock-1999-discern\" }\n", "type `figure = { text = \"a\", reference = \"charnock-1999-discern\" }`"),
    (HANDBOOK, "variants = [", "subject = [\n  {\n    term = \"a\"\n    code = \"MeSH:b\"\n  }\n]\nvariants = [", "type `subject = [{ term = \"a\", code = \"MeSH:b\" }]`"),
    (HANDBOOK, "contact = \"not stated\"", "contact = not \"stated\"", "type `contact = \"not stated\"`"),
    (HANDBOOK, "funding = \"not stated\"", "funding = not “stated”", "type `funding = \"not stated\"`"),
    (HANDBOOK, "title = \"My book\"", "title = My \"book\"", "type `title = \"My \\\"book\\\"\"`"),
    (REFERENCE, "+++\n\nExperts", "\nNote: Experts", "add a line `+++` between the front matter and the text"),
    (REFERENCE, "+++\n\nExperts", "Note: Experts", "add a line `+++` between the front matter and the text"),
    (SITE, "+++\n\nSay", "\nNote: the \"last\" one.\n\nSay", "add a line `+++` between the front matter and the text"),
    (HANDBOOK, "sites = [\"example-place\"]", "[sites]\nexample-place", "type `sites = [\"example-place\"]` above the first line that begins with `[`"),
    (HANDBOOK, "sites = [\"example-place\"]", "[sites]\n- \"example-place\"", "type `sites = [\"example-place\"]` above the first line that begins with `[`"),
    (HANDBOOK, "sites = [\"example-place\"]", "[sites]\nexample-place = true", "type `sites = [\"example-place\"]` above the first line that begins with `[`"),
    (HANDBOOK, "sites = [\"example-place\"]", "[sites]", "type `sites = [\"\"]` above the first line that begins with `[`, with the values between the marks"),
    (HANDBOOK, "chapters = [\"how-to-use\"]", "[chapters]\nhow-to-use", "type `chapters = [\"how-to-use\"]` above the first line that begins with `[`"),
    (REFERENCE, "sites = [\"example-place\"]", "[sites]\n\"example-place\"", "type `sites = [\"example-place\"]` above the first line that begins with `[`"),
    (REFERENCE, "sites = [\"example-place\"]", "[sites]", "type `sites = [\"\"]` above the first line that begins with `[`, with the values between the marks"),
    (HANDBOOK, "not-stated = { level = \"allow\", reason = \"the book is new\", until = \"2027-02-28\" }", "not-stated = \"allow\"", "write `not-stated = { level = \"allow\", reason = \"…\", until = \"2027-01-31\" }`"),
    (HANDBOOK, "not-stated = { level = \"allow\", reason = \"the book is new\", until = \"2027-02-28\" }", "not-stated = allow", "write `not-stated = { level = \"allow\", reason = \"…\", until = \"2027-01-31\" }`"),
    (SITE, "\n\nSay", "\n\n[Attention]: dangerous\n\nSay", "type `[Attention: dangerous]`"),
    (SITE, "\n\nSay", "\n\n[Attention]: dangerous \"for children\"\n\nSay", "type `[Attention: dangerous \"for children\"]`"),
    (SITE, "\n\nSay", "\n\n[PRISMA]: https://example.org/a\n\nSay", "type `[PRISMA](https://example.org/a)` where the link belongs, or delete this line"),
    (SITE, "\n\nSay", "\n\n[@charnock-1999-discern]: yes\n\nSay", "type `[@charnock-1999-discern]\\: yes`"),
    (SITE, "\n\nSay", "\n\n> 9 mg a day is too much.\n\nSay", "type `\\> 9`"),
    (SITE, "\n\nSay", "\n\nToo much is a dose of\n>9.5 mg a day.\n\nSay", "type `\\>9.5`"),
    (SITE, "\n\nSay", "\n\n```Chart\ntitle = \"Ways\"\n```\n\nSay", "type ```chart"),
    (SITE, "\n\nSay", "\n\n```diagram\ntitle = \"Ways\"\n\n[[bar]]\nlabel = \"a\"\n```\n\nSay", "type ```chart"),
    (CHAPTER, "(../techniques/", "(techniques/", "type `../techniques/example-treatment.md`"),
    (CHAPTER, "../techniques/example-treatment.md", "techniques/example-treatment.md#risks", "type `../techniques/example-treatment.md#risks`"),
    (PAGE, "\n+++\n\n", "\n+++\n\n[What holds everywhere](techniques/example-treatment.md).\n\n", "type `../../techniques/example-treatment.md`"),
    // The files of sites share their names: that of another is not what was meant.
    (PAGE, "\n+++\n\n", "\n+++\n\n[There](../prostate/example-treatment.md), too.\n\n", "type `../../techniques/example-treatment.md`"),
    (CHAPTER, "(way.svg ", "(chapters/way.svg ", "type `way.svg`"),
    (SITE, "\n\nSay", "\n\n```chart\ntitle = \"Ways\"\nunit = \"%\"\nreference = \"charnock-1999-discern\"\nalt = \"One bar.\"\n\n[[bar]]\nlabel = \"a\"\nvalue = 12,5\n```\n\nSay", "type `value = 12.5`"),
    (SITE, "\n\nSay", "\n\n```chart\ntitle = \"Ways\"\nunit = \"%\"\nreference = \"charnock-1999-discern\"\nalt = \"One bar.\"\n\n[[bar]]\nlabel = \"a\"\nvalue = \"12,5\"\n```\n\nSay", "type `value = 12.5`"),
    (SITE, "\n\nSay", "\n\n```chart\ntitle = \"Ways\"\nunit = \"%\"\nreference = \"charnock-1999-discern\"\nalt = \"One bar.\"\n\n[[bar]]\nlabel = \"a\"\nvalue = 12,5 %\n```\n\nSay", "type `value = 12.5`"),
    (TECHNIQUE, "Say what went wrong, and for how many of how many people.\n", "", "write text below this heading; if nothing is known, say so"),
    (REFERENCE, "journal = \"J Epidemiol Community Health\"", "journal = ´J Made Up Things´", "type `journal = \"J Made Up Things\"`"),
    (REFERENCE, "journal = \"J Epidemiol Community Health\"", "journal = `J Made Up Things`", "type `journal = \"J Made Up Things\"`"),
    (REFERENCE, "journal = \"J Epidemiol Community Health\"", "journal = ``J Made Up Things''", "type `journal = \"J Made Up Things\"`"),
    (REFERENCE, "journal = \"J Epidemiol Community Health\"", "journal = ,,J Made Up Things''", "type `journal = \"J Made Up Things\"`"),
    (REFERENCE, "journal = \"J Epidemiol Community Health\"", "journal = « J Made Up Things »", "type `journal = \"J Made Up Things\"`"),
];

/// Files or folders, their new names, and the help.
#[rustfmt::skip]
const RENAMED: &[(&[(&str, &str)], &str)] = &[
    (&[("sites/example-place", "sites/liver")], "did you mean `liver`?"),
    (&[("sites/example-place", "sites/Example-place")], "rename it to `example-place`: lower-case letters a to z, digits, and single hyphens between words, at most 100"),
    (&[("sites/example-place", "sites/example place")], "rename it to `example-place`: lower-case letters a to z, digits, and single hyphens between words, at most 100"),
    (&[("sites/example-place/example-treatment.md", "sites/example-place/example-treatmnt.md")], "did you mean `example-treatment`?"),
    (&[("sites/example-place/example-treatment.md", "sites/example-place/example-treatment.txt")], "`sites/example-place/example-treatment.txt` is of another kind: rename it to `sites/example-place/example-treatment.md`"),
    (&[("sites/example-place/example-treatment.md", "sites/example-place/cryo.md")], "known: `example-treatment`"),
    (&[("techniques/example-treatment.md", "techniques/cryo.md")], "known: `cryo`"),
    (&[("techniques/example-treatment.md", "techniques/exampl-treatment.md")], "did you mean `exampl-treatment`?"),
    (&[("techniques/example-treatment.md", "example-treatment.md")], "move `example-treatment.md` to `techniques/example-treatment.md`"),
    (&[("sites/example-place/example-treatment.md", "example-treatment.md")], "move `example-treatment.md` to `sites/example-place/example-treatment.md`"),
    (&[("techniques/example-treatment.md", "techniques/cryo.md"), ("sites/example-place/example-treatment.md", "sites/example-place/cryo.md")], "known: `cryo`"),
    (&[("techniques/example-treatment.md", "techniques/Example-treatment.md")], "rename it to `example-treatment.md`: lower-case letters a to z, digits, and single hyphens between words, at most 100"),
    (&[("sites/example-place/index.md", "sites/example-place/Index.md")], "rename it to `index.md`: lower-case letters a to z, digits, and single hyphens between words, at most 100"),
    (&[("sites/example-place/index.md", "sites/example-place/example-place.md")], "write `sites/example-place/index.md` with a `title`"),
    (&[("references/charnock-1999-discern.md", "references/charnock-1999.md")], "did you mean `charnock-1999`?"),
    (&[("references/charnock-1999-discern.md", "references/discern.md")], "known: `discern`"),
    (&[("references/charnock-1999-discern.md", "references/Charnock-1999-discern.md")], "rename it to `charnock-1999-discern.md`: lower-case letters a to z, digits, and single hyphens between words, at most 100"),
    (&[("references/charnock-1999-discern.md", "references/charnock-1999-discern.txt")], "`references/charnock-1999-discern.txt` is of another kind: rename it to `references/charnock-1999-discern.md`"),
    (&[("chapters/how-to-use.md", "chapters/how-to-read.md")], "did you mean `how-to-read`?"),
    (&[("chapters/how-to-use.md", "chapters/start.md")], "did you mean `start`?"),
    (&[("handbook.toml", "handbook.txt")], "rename `handbook.txt` to `handbook.toml`"),
    (&[("references", "reference")], "rename it to `references`"),
    (&[("sites", "site")], "rename it to `sites`"),
    (&[("techniques", "Techniques")], "rename it to `techniques`"),
    (&[("chapters", "chapter")], "rename it to `chapters`"),
    (&[("chapters/way.svg", "chapters/way2.svg")], "type `way2.svg`"),
    (&[("chapters/way.svg", "chapters/way.SVG")], "rename the file to `way.svg`"),
    (&[("chapters/way.svg", "chapters/Way.SVG")], "rename the file to `Way.svg`, and type `Way.svg` here"),
    (&[("chapters/way.svg", "chapters/WAY.svg")], "type `WAY.svg`"),
];
