//! Content that nobody would write: the program reports what is wrong, or makes the book, and it ends.
//!
//! Sizes are such that a call for each level would run out of memory, and that a test with cubic time would not end.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fascicle::assemble::assemble;
use fascicle::check::{check, settle};
use fascicle::citation::{Imported, imported};
use fascicle::diagnostic::{Diagnostic, Format, Severity, render};
use fascicle::load::load;
use fascicle::model::Identifier;
use fascicle::release::inventory;
use fascicle::render::epub;
use fascicle::session::draft as parse;

use super::support::small_book;

/// What is found in a small book with `text`; if there is no error, its EPUB is made as well.
fn found(text: &str) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), text);
    read(folder.path())
}

fn read(folder: &Path) -> Vec<Diagnostic> {
    let (project, mut diagnostics) = load(folder).unwrap();
    let (draft, found) = parse(&project);
    diagnostics.extend(found);
    let _ = inventory(&draft, &project.images);
    diagnostics.extend(check(&draft, &project.sources, &|_| true));
    settle(&draft, &mut diagnostics);
    for format in [Format::Short, Format::Human, Format::Json, Format::Github] {
        // As many as somebody would read.
        let some = &diagnostics[..diagnostics.len().min(100)];
        assert_eq!(
            render(some, &project.sources, format).is_empty(),
            some.is_empty()
        );
    }
    if diagnostics
        .iter()
        .all(|finding| finding.severity != Severity::Error)
    {
        let book = assemble(&draft);
        epub::epub(&book, None, &project.images, None).unwrap();
    }
    diagnostics
}

fn has(diagnostics: &[Diagnostic], code: &str) -> bool {
    diagnostics
        .iter()
        .any(|finding| finding.code.name() == code)
}

#[test]
fn toml_that_is_mistyped_thousands_of_times_is_read() {
    for text in [
        "[[a]] ".repeat(20_000),
        "= \"x\n".repeat(20_000),
        format!("note = \"{}{}", "\"x ".repeat(20_000), ",".repeat(20_000)),
        format!("note = ”{}{}", "”x ".repeat(20_000), "]".repeat(20_000)),
        "note = \"\"\"x\n".repeat(5_000),
        "a = [{\n".repeat(5_000),
    ] {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), "Text.");
        let path = folder.path().join("handbook.toml");
        let handbook = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}\n{handbook}")).unwrap();
        assert!(has(&read(folder.path()), "invalid-toml"), "{}", &text[..20]);
    }
}

#[test]
fn deep_nesting_is_reported() {
    let many = 10_000;
    for text in [
        format!("{}deep", "> ".repeat(many)),
        format!("{}deep", "- ".repeat(many)),
        format!("{}deep", "> - ".repeat(many)),
        format!("{}deep{}", "*a ".repeat(many), "*".repeat(many)),
        format!("{}deep{}", "**a *b ".repeat(many), "* **".repeat(many)),
    ] {
        found(&text);
    }
    assert!(has(
        &found(&format!("{}deep", "> ".repeat(many))),
        "too-deep"
    ));
    let brackets = format!("{}deep{}", "[a ".repeat(many), "]".repeat(many));
    assert!(has(&found(&brackets), "deep-bracket"));
    assert!(has(&found(&"[a ".repeat(many)), "unbalanced-bracket"));
    assert!(has(&found(&"a] ".repeat(many)), "unbalanced-bracket"));
}

/// To say what was meant, the program looks into the value for a text, and would find lists in lists.
#[test]
fn a_value_that_looks_like_lists_in_lists_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "");
    let title = "[\"".repeat(60_000);
    let text = format!("+++\ntitle = [\"\"\"{title}\"\"\"]\n+++\n\nText.\n");
    fs::write(folder.path().join("chapters/only.md"), text).unwrap();
    assert!(has(&read(folder.path()), "invalid-value"));
}

#[test]
fn long_paragraphs_of_marks_are_read() {
    let size = 1 << 18;
    for part in [
        "word ",
        "It was 50% of them. ",
        "[@",
        "[@a; ",
        "{index=\"",
        "w{index=\"a\"} ",
        "\\[",
        "…",
        "AB1 ",
        "`",
        "<a ",
        "![",
        "[^",
        "&#91;",
    ] {
        let text = part.repeat(size / 8 / part.len());
        found(&text);
    }
    found(&"word ".repeat(4 * size / 5));
}

#[test]
fn a_file_that_is_far_larger_than_a_text_is_refused() {
    assert!(!has(&found(&"word ".repeat(200_000)), "not-text"));
    let larger = found(&"[a](".repeat(300_000));
    let codes: Vec<&str> = larger.iter().map(|it| it.code.name()).collect();
    assert_eq!(codes, ["not-text"]);
}

#[test]
fn words_behind_an_omission_have_their_own_place() {
    let place = |text: &str| {
        let found = found(text);
        let finding = found.iter().find(|it| it.message.contains("NCCN"));
        finding.unwrap().span.range()
    };
    // As many bytes, and no omission.
    assert_eq!(
        place("An old … text of the NCCN"),
        place("An old mmm text of the NCCN")
    );
}

/// A dash is longer than what is typed for it, a mark with its backslash shorter: both texts are as long as what is typed.
#[test]
fn words_beside_a_dash_and_a_mark_have_their_own_place() {
    let place = |text: &str, word: &str| {
        let found = found(text);
        let finding = found.iter().find(|it| it.message.contains(word));
        finding.unwrap().span.range()
    };
    assert_eq!(
        place("Five -- of the NCCN \\* six", "NCCN"),
        place("Five mm of the NCCN mm six", "NCCN")
    );
    assert_eq!(place("Of the ABÖ and more", "ABÖ").len(), "ABÖ".len());
    let text = "Five -- of can\u{ad}cer \\* six";
    assert_eq!(place(text, "`cancer`").len(), text.len());
}

#[test]
fn a_byte_that_is_not_utf8_has_its_own_place_behind_windows_line_ends() {
    let place = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), "");
        let head = b"\xef\xbb\xbf+++\r\ntitle = \"One\"\r\n+++\r\n\r\n";
        fs::write(
            folder.path().join("chapters/only.md"),
            [head, bytes].concat(),
        )
        .unwrap();
        let found = read(folder.path());
        let finding = found.iter().find(|it| it.code.name() == "invalid-utf8");
        let (project, _) = load(folder.path()).unwrap();
        let source = project.sources.iter().find(|it| it.path.ends_with(".md"));
        let before = &source.unwrap().text[..finding.unwrap().span.range().start];
        before.to_owned()
    };
    let before = place(b"One.\r\n\r\nA caf\xe9 and more.\r\n");
    assert!(before.ends_with("One.\n\nA caf"), "{before:?}");
}

#[test]
fn findings_of_one_kind_are_capped_at_1000() {
    for (part, code) in [
        ("]", "unbalanced-bracket"),
        ("<b>", "raw-html"),
        ("\u{1}", "control-character"),
        ("[^a]", "unmatched-footnote"),
    ] {
        let diagnostics = found(&part.repeat(30_000));
        let number = diagnostics
            .iter()
            .filter(|finding| finding.code.name() == code);
        assert_eq!(number.count(), 1000, "{code}");
    }
    // However many warnings there are, errors behind them are told.
    let html = "<b>".repeat(5_000);
    assert!(has(
        &found(&format!("{html}\n\nA [bracket")),
        "unbalanced-bracket"
    ));
}

#[test]
fn thousands_of_footnotes_and_tasks_are_read() {
    let mut text = String::new();
    for number in 0..5_000 {
        writeln!(
            text,
            "A statement.[^n{number}]\n\n[^n{number}]: Its note.\n"
        )
        .unwrap();
    }
    assert!(!has(&found(&text), "unmatched-footnote"));
    found(&"- [ ] To do\n".repeat(10_000));
}

#[test]
fn a_file_of_very_many_parts_is_too_long() {
    let cells = format!("| a |\n|---|\n{}", "| b |\n".repeat(30_000));
    let parts = ["- a\n", "a\n\n", "[a] ", "*a* ", "`a` ", "[^n]\n\n"];
    for text in parts.map(|part| part.repeat(50_000)).iter().chain([&cells]) {
        let found = found(&format!("First.\n\n{text}\n\n[^n]: A note."));
        let codes: Vec<&str> = found.iter().map(|it| it.code.name()).collect();
        assert_eq!(codes, ["too-long"], "{}", &text[..40]);
    }
}

#[test]
fn long_chains_of_footnotes_are_too_deep() {
    let chain = |length: usize, quotes: usize, marks: &str| {
        let mut text = format!("A statement.[^0]{marks}\n\n");
        let quotes = "> ".repeat(quotes);
        for number in 0..length {
            writeln!(text, "[^{number}]: {quotes}See also.[^{}]\n", number + 1).unwrap();
        }
        writeln!(text, "[^{length}]: The end.").unwrap();
        found(&text)
    };
    assert!(!has(&chain(20, 0, ""), "too-deep"));
    assert!(has(&chain(8_000, 0, ""), "too-deep"));
    assert!(has(&chain(1_000, 20, ""), "too-deep"));
    // All are notes of the text itself, and no chain.
    let marks: String = (1..=5_000).map(|number| format!("[^{number}]")).collect();
    assert!(!has(&chain(5_000, 0, &marks), "too-deep"));
}

#[test]
fn bibtex_that_leads_to_itself_ends() {
    let read = |text: &str| {
        let Imported { files, faults } = imported(text.as_bytes()).unwrap();
        (files.len(), faults.len())
    };
    let article =
        |field: &str| format!("@article{{x, title = {{Cancer}}, year = 2000, {field}}}\n");
    let doubled = (1..40).fold("@string{a0 = \"word\"}\n".to_owned(), |strings, number| {
        let before = number - 1;
        strings + &format!("@string{{a{number} = a{before} # a{before}}}\n")
    });
    for wrong in [
        format!("@string{{a = a}}\n{}", article("note = a")),
        format!(
            "@string{{a = b}}\n@string{{b = a}}\n{}",
            article("note = a")
        ),
        format!("{doubled}{}", article("note = a39")),
        article(&format!(
            "note = {}{}",
            "{\\a".repeat(5_000),
            "}".repeat(5_000)
        )),
    ] {
        assert_eq!(read(&wrong), (0, 1), "{wrong}");
    }
    for fine in [article("crossref = {x}"), article("xdata = {x}")] {
        assert_eq!(read(&fine), (1, 0), "{fine}");
    }
    let strings = "@string{a = \"Can\"}\n@string{b = a # \"cer\"}\n";
    let text = format!("{strings}@article{{x, title = b # {{ care}}, month = jan, year = 2000}}\n");
    let (_, file) = &imported(text.as_bytes()).unwrap().files[0];
    assert!(
        file.contains("title = \"Cancer care\"") && file.contains("2000-01"),
        "{file}"
    );
}

/// A field is put together part by part, each time from the first one on.
#[test]
fn bibtex_of_many_parts_is_read_or_reported() {
    let read = |text: &str| {
        let Imported { files, faults } = imported(text.as_bytes()).unwrap();
        let messages = faults.into_iter().map(|it| (it.line, it.message));
        (files.len(), messages.collect::<Vec<_>>())
    };
    let article =
        |field: &str| format!("@article{{x,\n title = {{Cancer}},\n year = 2000,\n {field}}}\n");
    let abbreviation = format!("@string{{a = {{{}}}}}\n", "{b}".repeat(1_000));
    let joined = |parts: usize| format!("note = {{a}}{}", " # {a}".repeat(parts));
    for (first, text) in [
        (1, article(&joined(100_000))),
        (
            1,
            article(&format!("note = {{{{{}}}}}", "{a}".repeat(100_000))),
        ),
        (
            2,
            abbreviation + &article(&format!("note = a{}", " # a".repeat(100))),
        ),
    ] {
        let message = format!(
            "the entry that begins in line {first} has more than 10000 parts in braces or behind `#`, most of them in the \
             field `note`: make that one text, or delete it"
        );
        let (files, faults) = read(&text);
        assert_eq!((files, faults), (0, vec![(first + 3, message)]));
    }
    assert_eq!(read(&article(&joined(5_000))), (1, Vec::new()));
}

#[test]
fn an_abbreviation_that_cannot_be_read_takes_no_entry_with_it() {
    let text = "@string{a = }\n@article{x, title = {Cancer}, year = 2000}\n@article{y, title = a, year = 2000}\n";
    let Imported { files, faults } = imported(text.as_bytes()).unwrap();
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!((files.len(), lines), (1, vec![1, 3]));
}

#[test]
fn titles_of_many_marks_are_as_they_were_typed() {
    for (typed, shown) in [
        ("<".repeat(300_000), "<".repeat(300_000)),
        ("<b".repeat(300_000), "<b".repeat(300_000)),
        (
            format!("{}>", "<i>a</i> <1 ".repeat(100_000)),
            format!("{}>", "a <1 ".repeat(100_000)),
        ),
    ] {
        let text = format!("TY  - JOUR\nTI  - {typed}\nPY  - 2000\nER  - \n");
        let (_, file) = &imported(text.as_bytes()).unwrap().files[0];
        assert!(
            file.contains(&format!("title = \"{}\"", shown.trim())),
            "{}",
            &shown[..5]
        );
    }
}

#[test]
fn long_identifiers_are_soon_read() {
    let marks = ")".repeat(300_000);
    let Identifier::Doi(doi) = Identifier::doi(&format!("10.1000/a(b){marks}")) else {
        panic!("it is a DOI");
    };
    assert_eq!(doi, "10.1000/a(b)");
    let numbers = "10.".repeat(100_000);
    let text = format!("TY  - JOUR\nTI  - Cancer\nPY  - 2000\nDO  - {numbers}\nER  - \n");
    assert_eq!(imported(text.as_bytes()).unwrap().files.len(), 1);
}

#[test]
fn thousands_of_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Text.");
    let mut names = vec!["\"only\"".to_owned()];
    for number in 0..5_000 {
        names.push(format!("\"c{number}\""));
        let next = (number + 1) % 5_000;
        let text = format!("+++\ntitle = \"C{number}\"\n+++\n\n[The next](c{next}.md).\n");
        fs::write(folder.path().join(format!("chapters/c{number}.md")), text).unwrap();
    }
    let handbook = folder.path().join("handbook.toml");
    let text = fs::read_to_string(&handbook).unwrap();
    let list = format!("chapters = [{}]", names.join(", "));
    fs::write(handbook, text.replace("chapters = [\"only\"]", &list)).unwrap();
    assert!(read(folder.path()).is_empty());
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_accepted() {
    for text in [
        "\u{feff}+++\r\ntitle = \"One\"\r\n+++\r\n\r\nA text.\r\n",
        "\u{feff}+++\ntitle = \"One\"\n+++\n\nA text.",
    ] {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), "");
        fs::write(folder.path().join("chapters/only.md"), text).unwrap();
        assert!(read(folder.path()).is_empty());
    }
    assert!(has(&found("A \0 b"), "control-character"));
    assert!(has(&found("A\r\rb"), "line-ends"));
    assert!(has(
        &found("Take \u{202e}21\u{202c} of it."),
        "control-character"
    ));
    assert!(has(&found("[w](..\\\\sites\\\\x.md)"), "broken-link"));
    assert!(has(&found("[w](C:\\\\x.md)"), "broken-link"));
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_skipped_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Text.");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("chapters/ring")).unwrap();
    assert!(has(&read(folder.path()), "symbolic-link"));
}

/// A pipe would be read for ever.
#[cfg(unix)]
#[test]
fn sockets_are_skipped_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Text.");
    let place = folder.path().join("chapters/socket.md");
    let _socket = std::os::unix::net::UnixListener::bind(place).unwrap();
    assert!(has(&read(folder.path()), "symbolic-link"));
}

/// All findings are told beside it, and nothing of it reaches the terminal as it is.
#[cfg(target_os = "linux")]
#[test]
fn file_names_that_are_not_utf8_are_reported() {
    use std::os::unix::ffi::OsStrExt as _;
    for (name, shown) in [
        (&b"x\xff.md"[..], "x\u{fffd}.md"),
        (b"a\x1b[31mred.md", "a\\u{1b}[31mred.md"),
        (b"two\nlines", "two\\nlines"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), "A \0 b");
        let place = folder
            .path()
            .join("chapters")
            .join(std::ffi::OsStr::from_bytes(name));
        fs::write(place, "Text.").unwrap();
        let found = read(folder.path());
        assert!(has(&found, "invalid-name") && has(&found, "control-character"));
        let told = render(&found, &[], Format::Short);
        assert!(told.contains(shown), "{told}");
    }
}

/// What is found in a small book with a drawing.
fn drawn(svg: &str) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "![A drawing.](drawing.svg)");
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{svg}</svg>");
    fs::write(folder.path().join("chapters/drawing.svg"), svg).unwrap();
    read(folder.path())
}

#[test]
fn drawings_that_load_or_run_something_are_refused() {
    for svg in [
        "<script/>",
        "<g onload=\"run()\"/>",
        "<style>@import \"http://example.org/a.css\";</style>",
        "<style>path { fill: url(http://example.org/a) }</style>",
        "<style>path { fill: u\\72l(http://example.org/a) }</style>",
        "<path style=\"fill: URL( 'http://example.org/a#b' )\"/>",
        "<path mask=\"url(file:///a)\"/>",
        "<g xml:base=\"http://example.org/\"/>",
        "<a href=\"#x\"><set attributeName=\"href\" to=\"javascript:run()\"/></a>",
        "<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"http://example.org/\"/>",
        "<image href=\"data:image/svg+xml,%3Csvg/%3E\"/>",
        "<image href=\"data:image/SVG+xml,%3Csvg/%3E\"/>",
        "<image href=\"data:image/;base64,PHN2Zy8+\"/>",
        "<image href=\"data:image/ svg+xml,%3Csvg/%3E\"/>",
        "<image href=\"data:image/jpeg,%FF%D8%FF%D9\"/>",
        "<defs><image href=\"data:image/gif;base64,R0lGODlhAQABAAAALA==\"/></defs>",
        "<defs><image href=\"data:image/png;base64,R0lGODlhAQABAAAALA==\"/></defs>",
        "<filter id=\"a\"><feImage href=\"data:image/webp;base64,UklGRiQAAABXRUJQ\"/></filter>",
        "<style>a { } <!-- --> @imp<!-- -->ort \"http://example.org/a.css\";</style>",
        "<mask id=\"a\"/><mask id=\"a\"/>",
        "<?xml-stylesheet href=\"http://example.org/a.css\"?>",
    ] {
        assert!(has(&drawn(svg), "invalid-image"), "{svg}");
    }
    let notes = "<g xmlns:i=\"http://example.org/\" i:file=\"C:\\a\" aria-label=\"A: b.\"><i:note on=\"\"/></g>";
    let notes = notes.replace(" on=\"\"", "");
    assert!(!has(&drawn(&notes), "invalid-image"));
}

#[test]
fn drawings_that_are_very_large_are_refused() {
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let image = |sizes: &str| format!("<image {sizes} href=\"data:image/png;base64,{picture}\"/>");
    for svg in [
        "<path d=\"M10 10A20 30 45 1 0 50 3e38\" stroke=\"black\"/>".to_owned(),
        "<path d=\"M10 10H9\" style=\"stroke-width: 10000000000\" stroke=\"black\"/>".to_owned(),
        image("width=\"5\" height=\"1e9\""),
        image("width=\".01\" height=\"1e7\""),
    ] {
        assert!(has(&drawn(&svg), "invalid-image"), "{svg}");
    }
    let ordinary = image("width=\"5\" height=\"1e3\"") + "<path fill=\"#1e9999\" d=\"M1 1H9\"/>";
    assert!(!has(&drawn(&ordinary), "invalid-image"));
}

#[test]
fn drawings_that_repeat_without_end_are_refused() {
    let mask = |shape: &str| {
        (1..20).fold(String::from("<mask id=\"m0\"/>"), |masks, number| {
            let shape = shape.replace('#', &format!("#m{}", number - 1));
            masks + &format!("<mask id=\"m{number}\">{shape}{shape}</mask>")
        })
    };
    let inherited = (0..20).fold(String::new(), |rules, number| {
        rules + &format!(".s{number} {{ mask: url(#m{number}) }}")
    });
    let classes = (1..20).fold(String::new(), |masks, number| {
        let shape = format!("<path d=\"M0 0H9V9\" class=\"s{}\"/>", number - 1);
        masks + &format!("<mask id=\"m{number}\">{shape}{shape}</mask>")
    });
    for svg in [
        mask("<path d=\"M0 0H9V9\" mask=\"url(#)\"/>") + "<path mask=\"url(#m19)\" d=\"M0 0H9\"/>",
        mask("<path d=\"M0 0H9V9\" style=\"clip-path: url( '#' )\"/>"),
        format!("<style>{inherited}</style><mask id=\"m0\"/>{classes}"),
        mask("<path d=\"M0 0L1 1L2 2L3 3\" marker-mid=\"url(#)\"/>").replace("mask", "marker"),
        (1..20).fold("<pattern id=\"p0\"/>".to_owned(), |patterns, number| {
            let shapes = "<path d=\"M0 0H9V9\"/>".repeat(2);
            let before = number - 1;
            patterns + &format!("<pattern id=\"p{number}\"><g fill=\"url(#p{before})\">{shapes}</g></pattern>")
        }),
        "<g id=\"a\"><use href=\"#a\"/></g>".to_owned(),
        "<pattern id=\"a\"><path fill=\"url(#b)\"/></pattern><pattern id=\"b\"><path fill=\"url(#a)\"/></pattern>".to_owned(),
    ] {
        assert!(has(&drawn(&svg), "invalid-image"), "{svg}");
    }
    // What real drawings do: many shapes with the same gradient, from style sheets, and links to themselves.
    let shapes = "<path class=\"s\" d=\"M0 0H9V9\" marker-end=\"url(#m)\"/>".repeat(2_000);
    let svg = format!(
        "<style>.s {{ fill: url(#g) }}</style><linearGradient id=\"f\"><stop/></linearGradient>\
         <linearGradient id=\"g\" href=\"#f\"/><marker id=\"m\"><path d=\"M0 0H1V1\"/></marker>\
         <a id=\"top\" href=\"#top\">{shapes}</a>"
    );
    assert!(!has(&drawn(&svg), "invalid-image"));
}

/// Some bytes would keep a build busy for minutes, or fill its memory.
#[test]
fn drawings_that_take_very_long_are_refused() {
    let nested = |element: &str, number: usize| {
        format!("<{element}>").repeat(number) + "<rect/>" + &format!("</{element}>").repeat(number)
    };
    let filter = |steps: &str| {
        format!(
            "<filter id=\"f\">{steps}</filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\"/>"
        )
    };
    let selector = |parts: usize| {
        let parts = " g".repeat(parts);
        format!(
            "<style>a{parts} rect {{ fill: red }}</style>{}",
            nested("g", 60)
        )
    };
    let chain: String = (1..30).fold("<g id=\"g0\"><rect/></g>".to_owned(), |all, number| {
        let before = number - 1;
        let deep = nested("g", 40).replace("<rect/>", &format!("<use href=\"#g{before}\"/>"));
        all + &format!("<g id=\"g{number}\">{deep}</g>")
    });
    for svg in [
        nested("g", 1_000),
        nested("svg", 600),
        format!("<text>{}</text>", nested("tspan", 600)),
        selector(8),
        format!(
            "<style>{}</style>{}",
            "a b c d e { fill: red }".repeat(20_000),
            nested("g", 60)
        ),
        filter("<feTurbulence baseFrequency=\"1\" numOctaves=\"2147483647\"/>"),
        filter("<feMorphology radius=\"100000\"/>"),
        filter(&"<feGaussianBlur stdDeviation=\"1\"/>".repeat(500_000)),
        format!("<text>{}</text>", "a ".repeat(300_000)),
        format!(
            "<g {}/>",
            (0..60_000)
                .map(|number| format!("a{number}=\"\" "))
                .collect::<String>()
        ),
        chain,
    ] {
        let found = drawn(&svg);
        assert!(
            has(&found, "invalid-image"),
            "{}",
            &svg[..svg.len().min(90)]
        );
    }
}

/// What other programs draw: ten thousands of shapes, filled with a gradient all at once, with arrows, and a DOCTYPE.
#[test]
fn ordinary_drawings_are_shown() {
    let shapes = "<path d=\"M0 0H9V9\"/>".repeat(20_000);
    let arrows = "<path d=\"M0 0H9\" marker-end=\"url(#m)\"/>".repeat(30_000);
    let stops = "<stop/>".repeat(8);
    for svg in [
        format!("<linearGradient id=\"g\">{stops}</linearGradient><g fill=\"url(#g)\">{shapes}</g>"),
        format!("<marker id=\"m\"><path d=\"M0 0H1V1\"/></marker>{arrows}"),
        "<filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter><g filter=\"url(#f)\"><rect width=\"5\" \
         height=\"5\"/></g>"
            .to_owned(),
        "<style>.a .b rect, g > g > g > rect { fill: red }</style><g><g><g><rect/></g></g></g>".to_owned(),
        "<g aria-label=\"a\\b\"/>".to_owned(),
    ] {
        assert!(!has(&drawn(&svg), "invalid-image"), "{:?}", drawn(&svg));
    }
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "![A drawing.](drawing.svg)");
    let doctype = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \
                   \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n";
    let svg = format!(
        "{doctype}<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect/></svg>"
    );
    fs::write(folder.path().join("chapters/drawing.svg"), svg).unwrap();
    assert!(!has(&read(folder.path()), "invalid-image"));
    let (project, _) = load(folder.path()).unwrap();
    let kept = String::from_utf8(project.images["chapters/drawing.svg"].clone()).unwrap();
    assert!(!kept.contains("DOCTYPE") && kept.contains("<rect/>"));
}

#[test]
fn names_and_titles_that_no_epub_can_hold_are_refused() {
    for svg in [
        "<g id=\"Frame 1\"/>",
        "<g id=\"1\"/>",
        "<g ONLOAD=\"run()\"/>",
        "<title>A <tspan>part</tspan></title>",
    ] {
        assert!(has(&drawn(svg), "invalid-image"), "{svg}");
    }
    assert!(!has(
        &drawn("<path label=\"12345678901\" d=\"M1 1L2 2\"/>"),
        "invalid-image"
    ));
    assert!(!has(
        &drawn("<g id=\"Ebene_1\"/><g id=\"größe-2.b\"/>"),
        "invalid-image"
    ));
}

#[test]
fn words_without_an_end_are_reported() {
    for text in [
        "é".repeat(40_000),
        format!("`{}`", "a".repeat(20_000)),
        vec!["word"; 9_000].join("\u{a0}"),
        vec!["*word*"; 9_000].join("\u{2060}"),
        format!("| a |\n|---|\n| {} |", "b".repeat(40_000)),
        "*a* [b] ".repeat(10_001),
    ] {
        assert!(has(&found(&text), "too-long"), "{}", &text[..40]);
    }
    let address = format!("[A table](https://example.org/{})", "字".repeat(900));
    assert!(has(&found(&address), "too-long"));
}

/// A hostile program may put something else in the place of a file while the folder is read.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Text.");
    let place = folder.path().join("chapters/only.md");
    fs::remove_file(&place).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &place).unwrap();
    assert!(has(&read(folder.path()), "symbolic-link"));
}
