//! The handbook in `content/`: what front matter says is what readers find.

use std::collections::{BTreeMap, BTreeSet};

use fascicle::diagnostic::Code;
use fascicle::load::load;
use fascicle::model::Variant;
use fascicle::model::book::{
    Anchor, Block, Book, Entry, Inline, Kind, Node, Text, TextId, plain_text,
};
use fascicle::model::draft::{self, Draft};
use fascicle::render::{epub, typst, web};
use fascicle::session::draft as parse;
use fascicle::source::Span;
use usvg::roxmltree::Node as Element;

use super::support::{
    epub_type, every_link_leads_somewhere, pipeline, root, unpack, xml, xml_text,
};

fn draft() -> Draft {
    parse(&load(&root().join("content")).unwrap().0).0
}

fn book() -> Book {
    pipeline(&root().join("content"))
        .2
        .expect("the handbook has no error")
}

#[test]
fn the_handbook_has_only_known_warnings() {
    // Nobody has reviewed it, three things are not stated, journals corrected three articles, the summaries of some
    // articles give no number of people, or no harms, and the sites share some sentences.
    let true_ones = [
        Code::NoReviewer,
        Code::NotStated,
        Code::Corrected,
        Code::NoDenominator,
        Code::UnevenParts,
        Code::AddressOnly,
        Code::RepeatedSentence,
    ];
    let (project, mut diagnostics, book) = pipeline(&root().join("content"));
    diagnostics.retain(|finding| !true_ones.contains(&finding.code));
    let text = fascicle::diagnostic::render(
        &diagnostics,
        &project.sources,
        fascicle::diagnostic::Format::Short,
    );
    assert!(book.is_some() && diagnostics.is_empty(), "\n{text}");
}

/// The lists that the front matter of each reference asks for, by section.
fn wanted(draft: &Draft) -> BTreeMap<String, BTreeSet<String>> {
    let mut lists: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for reference in &draft.references {
        let id = reference.id.value.to_string();
        let mut add = |section: String| {
            lists.entry(section).or_default().insert(id.clone());
        };
        for chapter in &reference.chapters {
            add(format!("chapter-{}", chapter.value));
        }
        for technique in &reference.techniques {
            add(format!("technique-{}", technique.value));
            for site in &reference.sites {
                let has = |page: &draft::SiteTechnique| page.technique.value == technique.value;
                let at = draft
                    .sites
                    .iter()
                    .find(|other| other.id.value == site.value)
                    .unwrap();
                if at.techniques.iter().any(has) {
                    add(format!("site-{}--{}", site.value, technique.value));
                }
            }
        }
    }
    lists
}

#[test]
fn citation_lists_hold_the_references_that_name_them() {
    let book = book();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for section in &book.sections {
        for block in &section.blocks {
            if let Block::References(entries) = block {
                let ids = entries.iter().map(|entry| entry.reference.to_string());
                let list = found.entry(section.anchor.0.clone()).or_default();
                for id in ids {
                    assert!(
                        list.insert(id.clone()),
                        "{id} is twice in {}",
                        section.anchor.0
                    );
                }
            }
        }
    }
    assert_eq!(found, wanted(&draft()));
}

#[test]
fn the_epub_has_the_same_citation_lists() {
    let book = book();
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), None).unwrap());
    for (section, references) in wanted(&draft()) {
        let file = &files[&format!("OEBPS/{section}.xhtml")];
        for reference in &references {
            assert!(
                file.contains(&format!("id=\"{section}..{reference}\"")),
                "{section} {reference}"
            );
        }
        let list = file.split("class=\"references\"").nth(1).unwrap();
        let list = list.split("</ul>").next().unwrap();
        let links = list.matches("href=\"references").count();
        // The key leads to the article.
        assert_eq!(links, references.len(), "{section}");
    }
}

#[test]
fn lists_begin_with_the_nearest_population_and_the_newest_year() {
    let draft = draft();
    let date = |id: &fascicle::model::ReferenceId| {
        let found = draft
            .references
            .iter()
            .find(|reference| reference.id.value == *id);
        found.unwrap().bibliographic.date
    };
    for section in &book().sections {
        for block in &section.blocks {
            let Block::References(entries) = block else {
                continue;
            };
            for pair in entries.windows(2) {
                let key = |index: usize| {
                    (
                        pair[index].rank,
                        std::cmp::Reverse(date(&pair[index].reference)),
                    )
                };
                assert!(
                    key(0) <= key(1),
                    "{}: {}",
                    section.anchor.0,
                    pair[1].reference
                );
            }
        }
    }
}

/// Each article is told once, under its key, in order of the keys, and says where the book cites it.
#[test]
fn every_article_is_told_once() {
    let book = book();
    let mut told: Vec<&Entry> = Vec::new();
    let mut cited: BTreeMap<&Anchor, BTreeSet<&str>> = BTreeMap::new();
    for section in &book.sections {
        for block in section.all_blocks() {
            if let Block::Articles(entries) = block {
                assert_eq!(section.kind, Kind::References);
                told.extend(entries);
            }
            let citations = block
                .inlines()
                .into_iter()
                .filter_map(|inline| match inline {
                    Inline::Citation { target, .. } => Some(target),
                    _ => None,
                });
            if section.kind != Kind::References {
                let section = section.anchor.0.as_str();
                citations.for_each(|target| {
                    cited.entry(target).or_default().insert(section);
                });
            }
        }
    }
    let draft = draft();
    let all: BTreeSet<_> = draft
        .references
        .iter()
        .map(|reference| &reference.id.value)
        .collect();
    assert_eq!(told.len(), all.len());
    assert_eq!(
        told.iter()
            .map(|entry| &entry.reference)
            .collect::<BTreeSet<_>>(),
        all
    );
    let keys: Vec<&str> = told.iter().map(|entry| entry.key.text.as_str()).collect();
    assert_eq!(
        keys.iter().collect::<BTreeSet<_>>().len(),
        keys.len(),
        "a key is used twice"
    );
    let first = |key: &&str| key.chars().next().unwrap().to_ascii_lowercase();
    let plain = keys.iter().filter(|key| first(key).is_ascii());
    assert!(plain.is_sorted_by_key(first), "{keys:?}");
    for entry in told {
        let places = entry.cited.iter().flat_map(|cited| &cited.places);
        let sections: BTreeSet<&str> = places
            .map(|place| place.from.0.split('.').next().unwrap())
            .collect();
        let wanted = cited.remove(&entry.anchor).unwrap_or_default();
        let missing: Vec<_> = wanted.difference(&sections).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", entry.key.text);
    }
}

/// What the authors wrote is in the book, and each of it once.
#[test]
fn no_word_of_the_authors_is_lost_or_told_twice() {
    // Figures are set in one form: `P=.04` becomes `P = 0.04`.
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut shown: BTreeMap<Span, String> = BTreeMap::new();
    let book = book();
    for node in book.nodes() {
        if let Node::Text(Text {
            text,
            origin: Some(origin),
            ..
        }) = node
        {
            shown.entry(*origin).or_default().push_str(&letters(text));
        }
    }
    let draft = draft();
    let mut words = 0;
    for (unit, body) in draft.units() {
        for node in body.nodes() {
            let draft::Node::Inline(inline) = node else {
                continue;
            };
            let draft::Inline::Text(text) = &inline.value else {
                continue;
            };
            let found = shown.get(&inline.span).map_or("", String::as_str);
            assert_eq!(found, letters(text), "{}: {text}", unit.path());
            words += text.split_whitespace().count();
        }
    }
    assert!(words > 50_000, "{words}");
}

/// No page begins within what stands together: the comment that an article ends with, its links, a list of questions, a
/// table or a list and the sentence that announces it. No item is alone before or behind the end of a page.
#[test]
fn nothing_is_torn_by_the_end_of_a_page() {
    let (project, _, book) = pipeline(&root().join("content"));
    let book = book.unwrap();
    let mut whole: BTreeMap<TextId, &str> = BTreeMap::new();
    let mut opening: BTreeMap<TextId, &str> = BTreeMap::new();
    for section in &book.sections {
        for block in section.all_blocks() {
            stands_together(block, &mut whole);
            is_not_alone(block, &mut opening);
        }
        for pair in section.blocks.windows(2) {
            is_announced(pair, &mut opening);
        }
    }
    assert!(opening.len() > 200, "{}", opening.len());
    for variant in [Variant::A4, Variant::Letter, Variant::LargePrint] {
        let printed = typst::Manuscript::new(&book, &project.images)
            .set(variant)
            .unwrap();
        let mut torn = Vec::new();
        for page in &printed.pages.pages {
            let start = page.start.as_ref();
            let within = start.and_then(|start| whole.get(&start.text));
            let before = start.filter(|start| start.offset == 0);
            if let Some(what) = within.or(before.and_then(|start| opening.get(&start.text))) {
                torn.push(format!("page {}: {what}", page.label));
            }
        }
        assert!(torn.is_empty(), "{variant}: {torn:#?}");
    }
}

/// Hardly a page has less than a quarter of its depth in use, and each site shows its techniques on its first two pages.
#[test]
fn the_depth_of_pages_is_used() {
    let (project, _, book) = pipeline(&root().join("content"));
    let book = book.unwrap();
    let manuscript = typst::Manuscript::new(&book, &project.images);
    for (variant, most) in [
        (Variant::A4, 295),
        (Variant::Letter, 315),
        (Variant::LargePrint, 570),
    ] {
        let layout = manuscript.lay_out(variant).unwrap();
        let ends = layout.ends();
        assert!(ends.len() < most, "{variant}: {} pages", ends.len());
        // The margin above the text is a tenth of the page.
        let nearly_empty = ends.iter().filter(|end| **end < 0.1 + 0.25 * 0.85);
        let nearly_empty = nearly_empty.count();
        assert!(nearly_empty <= 10, "{variant}: {nearly_empty}");
        let places = layout.pages.places(&book);
        for section in book.sections.iter().filter(|it| it.kind == Kind::Site) {
            let glance = section
                .blocks
                .iter()
                .find(|it| matches!(it, Block::Glance(_)));
            let texts = glance
                .unwrap()
                .inlines()
                .into_iter()
                .filter_map(Inline::text);
            let texts: BTreeSet<TextId> = texts.map(|text| text.id).collect();
            let first = places[&section.anchor];
            let most = if variant == Variant::LargePrint { 6 } else { 2 };
            let pages = layout.pages.pages[first..].iter().enumerate();
            for (page, _) in pages
                .filter(|(_, page)| page.start.is_some_and(|start| texts.contains(&start.text)))
            {
                assert!(page < most, "{variant}: {}", section.anchor.0);
            }
        }
    }
}

/// Notes where the second and the last item of a list begin: the first would be alone before, or this one behind.
fn is_not_alone<'a>(block: &'a Block, opening: &mut BTreeMap<TextId, &'a str>) {
    let Block::List { items, .. } = block else {
        return;
    };
    for item in items
        .get(1)
        .into_iter()
        .chain(items.last().filter(|_| items.len() > 1))
    {
        let first = item
            .blocks
            .iter()
            .flat_map(|block| block.inlines())
            .find_map(Inline::text);
        opening.extend(first.map(|text| (text.id, text.text.as_str())));
    }
}

/// Notes where a table, a chart or a list begins that a short paragraph announces.
fn is_announced<'a>(pair: &'a [Block], opening: &mut BTreeMap<TextId, &'a str>) {
    let [Block::Paragraph(sentence), block] = pair else {
        return;
    };
    let is_short = plain_text(sentence).chars().count() < 200;
    let first = match block {
        // What is longer than a page begins on one and goes on.
        Block::Table(table) if table.rows.len() > 20 => None,
        Block::Table(_) | Block::Chart(_) => block.inlines().into_iter().find_map(Inline::text),
        Block::List { items, .. } if is_short => items
            .iter()
            .flat_map(|item| &item.blocks)
            .flat_map(|block| block.inlines())
            .find_map(Inline::text),
        _ => None,
    };
    opening.extend(first.map(|text| (text.id, text.text.as_str())));
}

/// Notes the texts of a block that must not be the first of a page.
fn stands_together<'a>(block: &'a Block, whole: &mut BTreeMap<TextId, &'a str>) {
    let mut note = |nodes: Vec<Node<'a>>| {
        for node in nodes {
            if let Node::Text(text) = node {
                whole.insert(text.id, text.text.as_str());
            }
        }
    };
    match block {
        Block::Articles(entries) => {
            for entry in entries {
                let comment = entry.findings.iter().skip(1).next_back();
                let comment = comment.filter(|block| matches!(block, Block::Paragraph(content) if matches!(&**content, [Inline::Bracket(_)])));
                for inlines in comment
                    .iter()
                    .flat_map(|block| block.inlines())
                    .chain(&entry.identifiers)
                {
                    note(inlines.text().map(Node::Text).into_iter().collect());
                }
            }
        }
        Block::List { items, .. } if items.iter().all(|item| item.task.is_some()) => {
            for block in items.iter().skip(1).flat_map(|item| &item.blocks) {
                note(
                    block
                        .inlines()
                        .into_iter()
                        .filter_map(Inline::text)
                        .map(Node::Text)
                        .collect(),
                );
            }
        }
        _ => {}
    }
}

#[test]
fn the_overview_leads_to_every_technique_and_says_who_was_studied_there() {
    let draft = draft();
    let book = book();
    let opens = |name: &str| book.sections.iter().position(|it| it.anchor.0 == name);
    assert!(opens("overview") < opens("contents") && opens("title-page") < opens("overview"));
    let section = &book.sections[opens("overview").unwrap()];
    let table = section.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let mut found = BTreeMap::new();
    for cell in table.unwrap().rows.iter().flatten() {
        let (label, places) = match cell.as_slice() {
            [
                Inline::Mark { label, .. },
                Inline::Text(_),
                Inline::Pages(places),
            ] => (label.as_str(), places),
            [Inline::Pages(places)] => ("", places),
            _ => continue,
        };
        for place in places {
            found.insert(place.from.0.clone(), label.to_owned());
        }
    }
    let mut wanted = BTreeMap::new();
    for technique in &draft.techniques {
        wanted.insert(format!("technique-{}", technique.id.value), String::new());
    }
    for site in &draft.sites {
        for page in &site.techniques {
            let (site, technique) = (&site.id.value, &page.technique.value);
            let listed = draft.references.iter().filter(|reference| {
                reference.sites.iter().any(|id| id.value == *site)
                    && reference.techniques.iter().any(|id| id.value == *technique)
            });
            let populations: BTreeSet<_> = listed
                .filter_map(|reference| Some(&reference.population.as_ref()?.value))
                .collect();
            let mut known = draft.handbook.populations.iter();
            let nearest = known.find(|population| populations.contains(&population.id.value));
            let label = nearest.map_or(String::new(), |population| population.label.clone());
            wanted.insert(format!("site-{site}--{technique}"), label);
        }
    }
    assert_eq!(found, wanted);
}

/// Each site shows its techniques at a glance, before its text: those of the nearest population first, each with what its
/// front matter says, and nothing else for facts.
#[test]
fn each_site_begins_with_its_techniques_at_a_glance() {
    let draft = draft();
    let book = book();
    for site in &draft.sites {
        let anchor = format!("site-{}", site.id.value);
        let section = book
            .sections
            .iter()
            .find(|it| it.anchor.0 == anchor)
            .unwrap();
        let Some(Block::Glance(glance)) = section.blocks.first() else {
            panic!("{anchor} does not begin with the table");
        };
        let rows = glance.groups.iter().flat_map(|group| &group.rows);
        let rows: BTreeMap<String, _> = rows
            .map(|row| (row.page.as_ref().unwrap().from.0.clone(), row))
            .collect();
        assert_eq!(rows.len(), site.techniques.len());
        for page in &site.techniques {
            let row = rows[&format!("{anchor}--{}", page.technique.value)];
            for (fact, cell) in [
                (&page.glance.figure, &row.figure),
                (&page.glance.harm, &row.harm),
            ] {
                let told = plain_text(cell).replace('\u{a0}', " ");
                match fact {
                    Some(fact) => assert!(told.contains(&fact.text.value), "{anchor}: {told}"),
                    None => assert_eq!(told, "not reported"),
                }
            }
            assert!(!plain_text(&row.people).is_empty(), "{anchor}");
        }
    }
}

#[test]
fn every_page_is_in_the_page_list_in_order() {
    let book = book();
    let pdf = typst::pdf(&book, &BTreeMap::new()).unwrap();
    let files = unpack(&epub::epub(&book, Some(&pdf.pages), &BTreeMap::new(), None).unwrap());
    let nav = &files["OEBPS/nav.xhtml"];
    let nav = xml(nav);
    let is_list = |node: &Element| epub_type(*node) == Some("page-list");
    let list = nav.descendants().find(is_list).unwrap();
    let count = |within: Element, name: &str| {
        let elements = within.descendants();
        elements.filter(|node| node.has_tag_name(name)).count()
    };
    assert_eq!(count(list, "li"), pdf.pages.pages.len());
    let ncx = xml(&files["OEBPS/toc.ncx"]);
    assert_eq!(count(ncx.root(), "pageTarget"), pdf.pages.pages.len());
    let order: BTreeMap<_, _> = book
        .nodes()
        .into_iter()
        .filter_map(|node| match node {
            Node::Text(text) => Some(text.id),
            Node::Anchor(_) | Node::End(_) => None,
        })
        .enumerate()
        .map(|(order, id)| (id, order))
        .collect();
    let opens_body = (pdf.pages.pages.iter()).position(|page| page.label == "1");
    assert!(
        opens_body.is_some_and(|index| index % 2 == 0),
        "page 1 is not a right-hand page"
    );
    let mut before = None;
    for (index, page) in pdf.pages.pages.iter().enumerate() {
        let mark = format!("id=\"page-{}\"", page.label);
        let holders = files.values().filter(|file| file.contains(&mark)).count();
        assert_eq!(holders, 1, "page {}", page.label);
        let Some(start) = page.start else {
            let is_before_body = Some(index + 1) == opens_body;
            assert!(is_before_body, "page {} has no text", page.label);
            continue;
        };
        let place = Some((order[&start.text], start.offset));
        assert!(
            place > before,
            "page {} does not follow the one before",
            page.label
        );
        before = place;
    }
}

#[test]
fn every_internal_link_of_the_epub_has_a_target() {
    let book = book();
    let pdf = typst::pdf(&book, &BTreeMap::new()).unwrap();
    let files = unpack(&epub::epub(&book, Some(&pdf.pages), &BTreeMap::new(), None).unwrap());
    let links = every_link_leads_somewhere(&files);
    assert!(links > 200, "{links}");
}

#[test]
fn the_title_page_has_the_disclaimer_and_the_missing_review() {
    let files = unpack(&epub::epub(&book(), None, &BTreeMap::new(), None).unwrap());
    let first = xml_text(&files["OEBPS/title-page.xhtml"]).to_lowercase();
    assert!(first.contains("not medical advice"), "{first}");
    assert!(first.contains("no clinician has reviewed"), "{first}");
}

/// A handout shows the lists of definitions that its technique has, and nothing in them leads out of it.
#[test]
fn handouts_hold_definitions_without_links_into_the_book() {
    let (_, _, book) = pipeline(&root().join("tests/cases/definitions/content"));
    let book = book.unwrap();
    let handout =
        (book.handouts.iter()).find(|handout| handout.section.title.text == "Cryoablation");
    let blocks = handout.unwrap().section.all_blocks().into_iter();
    let mut lists = blocks.filter_map(|block| match block {
        Block::DefinitionList(definitions) => Some(definitions),
        _ => None,
    });
    let [definition] = lists.next().unwrap().as_slice() else {
        panic!("one term");
    };
    assert_eq!(plain_text(&definition.term), "Ice ball");
    let [[Block::Paragraph(first)], [Block::Paragraph(second)]] =
        [&*definition.meanings[0], &*definition.meanings[1]]
    else {
        panic!("{:?}", definition.meanings);
    };
    assert_eq!(
        plain_text(first),
        "What freezes around the needle (Lang\u{a0}2000)."
    );
    assert_eq!(plain_text(second), "See another place.");
    let links = second.iter();
    assert!(
        !links
            .clone()
            .any(|inline| matches!(inline, Inline::Internal { .. }))
    );
}

/// A link from one part of a site to another leads there in its handout, too; no link leads out of a handout.
#[test]
fn links_within_a_handout_lead_to_its_own_headings() {
    let mut own = 0;
    for handout in &book().handouts {
        let nodes = handout.nodes().into_iter();
        let anchors = nodes.filter_map(|node| match node {
            Node::Anchor(anchor) => Some(anchor),
            Node::End(_) | Node::Text(_) => None,
        });
        let anchors: BTreeSet<&Anchor> = anchors.collect();
        for block in handout.section.all_blocks() {
            for inline in block.inlines() {
                if let Inline::Internal { target, .. } = inline {
                    assert!(anchors.contains(target), "{}: {target:?}", handout.topic);
                    own += 1;
                }
            }
        }
    }
    assert!(own >= 7, "{own}");
}

/// A person told of radiofrequency in the liver finds in three steps from the first page where it is, whether anybody with
/// leiomyosarcoma had it, one figure, the harm, and the sheet to print: on paper, in the EPUB and in a browser.
#[test]
fn radiofrequency_in_the_liver_is_found_in_three_steps() {
    const PLACE: &str = "site-liver--radiofrequency-ablation";
    let (project, _, book) = pipeline(&root().join("content"));
    let book = book.unwrap();
    let section = |name: &str| book.sections.iter().find(|it| it.anchor.0 == name).unwrap();

    // On paper: the page of the book on one page has a sign and a number …
    let printed = typst::pdf(&book, &project.images).unwrap();
    let places = printed.pages.places(&book);
    let label = |name: &str| &printed.pages.pages[places[&Anchor(name.to_owned())]].label;
    assert_eq!(label("overview"), "iii");
    let cells = section("overview")
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table.rows.iter().flatten()),
            _ => None,
        });
    let leads = |cell: &&Vec<Inline>| {
        cell.iter().any(|inline| match inline {
            Inline::Pages(pages) => pages.iter().any(|it| it.from.0 == PLACE),
            _ => false,
        })
    };
    let cell = cells.flatten().find(leads).expect("it is on the one page");
    let Some(Inline::Mark { label: nearest, .. }) = cell.first() else {
        panic!("{cell:?} does not say who was studied");
    };
    assert!(nearest.contains("sarcoma"), "{nearest}");
    // … the first two pages of the site say what was found, what harm, and again the page …
    let Some(Block::Glance(glance)) = section("site-liver").blocks.first() else {
        panic!("no table at a glance");
    };
    let rows = glance.groups.iter().flat_map(|group| &group.rows);
    let is_it = |row: &&fascicle::model::book::GlanceRow| {
        row.page.as_ref().is_some_and(|page| page.from.0 == PLACE)
    };
    let row = rows.into_iter().find(is_it).expect("it is in the table");
    let told = [&row.people, &row.figure, &row.harm].map(|cell| plain_text(cell));
    assert!(
        told.iter()
            .all(|text| !text.is_empty() && text != "not reported"),
        "{told:?}"
    );
    let number = |label: &str| label.parse::<usize>().unwrap();
    assert!(number(label("site-liver")) < number(label(PLACE)));
    // … and there is a sheet on it, with the same words.
    let sheet = book
        .handouts
        .iter()
        .find(|it| it.topic.to_string() == "sites/liver/radiofrequency-ablation");
    assert!(!sheet.expect("a sheet").references.is_empty());

    // In the EPUB and in a browser, each step is a link.
    let epub = unpack(&epub::epub(&book, Some(&printed.pages), &project.images, None).unwrap());
    let files = |topic: &fascicle::model::book::Topic| web::Files {
        handout: Some(format!("../handouts/{topic}.pdf")),
        citations: None,
    };
    let web: BTreeMap<String, String> = web::web(web::Edition {
        book: &book,
        pages: Some(&printed.pages),
        images: &project.images,
        files: &files,
        moved: &BTreeMap::new(),
        site: None,
    })
    .into_iter()
    .filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?)))
    .collect();
    for (files, folder, ending) in [(&epub, "OEBPS/", "xhtml"), (&web, "", "html")] {
        let file = |name: &str| files[&format!("{folder}{name}.{ending}")].as_str();
        let link = format!("href=\"{PLACE}.{ending}\"");
        assert!(file("overview").contains(&link), "{ending}");
        let site = file("site-liver");
        assert!(site.contains(&link), "{ending}");
        let figure = row.figure.iter().find_map(Inline::text).unwrap();
        assert!(
            site.contains(figure.text.trim()),
            "{ending}: {}",
            figure.text
        );
    }
    let sheet = "href=\"../handouts/sites/liver/radiofrequency-ablation.pdf\"";
    assert!(web[&format!("{PLACE}.html")].contains(sheet));
}
