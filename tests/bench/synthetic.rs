//! Synthetic handbooks: the same made-up text in our content format, as Typst and as Markdown, so that
//! other programs can do the same work.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// How large a synthetic handbook is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// References; each is about one technique at one site.
    pub(crate) references: usize,
    /// Sites.
    pub(crate) sites: usize,
    /// Techniques, each used at every site.
    pub(crate) techniques: usize,
}

impl Size {
    /// A handbook with about ten references for each technique at each site.
    pub(crate) fn of(references: usize) -> Self {
        let sites = 8;
        Self {
            references,
            sites,
            techniques: (references / (sites * 10)).max(1),
        }
    }
}

/// A reference in words.
struct Reference {
    id: String,
    title: String,
    authors: Vec<String>,
    journal: String,
    year: usize,
    volume: usize,
    pages: String,
    pmid: usize,
    rank: usize,
    patients: usize,
    site: usize,
    technique: usize,
    findings: [String; 2],
    caution: String,
}

/// Numbers that are the same on every run (Steele and Vigna's `SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    fn words(&mut self, count: usize) -> String {
        const WORDS: &[&str] = &[
            "patients",
            "tumour",
            "months",
            "after",
            "treatment",
            "local",
            "control",
            "median",
            "survival",
            "were",
            "the",
            "of",
            "with",
            "in",
            "a",
            "series",
            "second",
            "operation",
            "margin",
            "lesions",
            "small",
            "large",
            "recurrence",
            "centre",
            "years",
            "without",
            "complications",
            "dose",
            "and",
            "not",
            "response",
            "disease",
            "progression",
            "single",
            "needle",
            "under",
            "guidance",
            "found",
            "none",
            "most",
            "half",
            "reported",
            "by",
        ];
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }

    fn sentence(&mut self, count: usize) -> String {
        let mut text = self.words(count);
        let first = text.remove(0).to_ascii_uppercase();
        format!("{first}{text}.")
    }
}

fn references(size: Size) -> Vec<Reference> {
    let mut random = Random(20_260_131);
    let names = [
        "Rose", "Lang", "Chen", "Kim", "Potter", "Fox", "Miller", "Weber", "Sato", "Rossi",
    ];
    (0..size.references)
        .map(|index| {
            let authors = (0..4 + random.below(4)).map(|_| {
                let initial = char::from(b'A' + u8::try_from(random.below(26)).unwrap());
                format!("{} {initial}", names[random.below(names.len())])
            });
            let authors = authors.collect();
            let pages = random.below(900) + 100;
            let (twelve, thirty) = (random.words(11), random.sentence(14));
            let finding = format!(
                "{thirty} In {}% {} ({} of {}). {}",
                random.below(100),
                random.words(9),
                random.below(40),
                random.below(60) + 40,
                random.sentence(12),
            );
            Reference {
                id: format!("synthetic-{index}"),
                title: format!("Synthetic {twelve}"),
                authors,
                journal: format!("Journal of {}", random.words(2)),
                year: 1980 + random.below(45),
                volume: random.below(90) + 1,
                pages: format!("{pages}–{}", pages + 8),
                pmid: 10_000_000 + index,
                rank: random.below(3),
                patients: random.below(300) + 2,
                site: index % size.sites,
                technique: (index / size.sites) % size.techniques,
                findings: [finding, random.sentence(24)],
                caution: random.sentence(9),
            }
        })
        .collect()
}

const RANKS: [&str; 3] = ["leiomyosarcoma", "sarcoma", "other-cancer"];

/// What a technique must say, each part in a sentence.
const PARTS: &str = "
## What it is

A technique.

## What it suits

Some people.

## Benefits

There are some.

## Risks

There are some.

## What is not known

Much.

## Questions to ask your doctor

- [ ] What would you do?
";

/// Writes the handbook in our format.
pub(crate) fn handbook(folder: &Path, size: Size) -> io::Result<()> {
    for name in ["chapters", "techniques", "references"] {
        fs::create_dir_all(folder.join(name))?;
    }
    let quoted = |name: &str, count: usize| {
        let names: Vec<String> = (0..count)
            .map(|index| format!("\"{name}-{index}\""))
            .collect();
        names.join(", ")
    };
    let mut text = format!(
        "title = \"Synthetic handbook\"\nslug = \"synthetic\"\nlanguage = \"en\"\nedition = \"1.0.0\"\n\
         date = \"2026-01-31\"\npublisher = \"Nobody\"\nlicence = \"CC0-1.0\"\n\
         description = \"Made up.\"\ndisclaimer = \"Made up.\"\nevidence-to = \"2026-01\"\n\
         reviewed = \"2026-01-01\"\nnext-review = \"2099-01-01\"\ncontact = \"-\"\nfunding = \"-\"\n\
         interests = \"-\"\nchapters = []\nsites = [{}]\n\n\
         [[contributor]]\nname = \"Nobody\"\nrole = \"compiler\"\n",
        quoted("site", size.sites),
    );
    for rank in RANKS {
        writeln!(
            text,
            "\n[[population]]\nid = \"{rank}\"\nlabel = \"{rank}\""
        )
        .unwrap();
    }
    fs::write(folder.join("handbook.toml"), text)?;
    for site in 0..size.sites {
        let path = folder.join(format!("sites/site-{site}"));
        fs::create_dir_all(&path)?;
        fs::write(
            path.join("index.md"),
            format!("+++\ntitle = \"Site {site}\"\n+++\n\nA site.\n"),
        )?;
        for technique in 0..size.techniques {
            fs::write(
                path.join(format!("technique-{technique}.md")),
                "A technique here.\n",
            )?;
        }
    }
    for technique in 0..size.techniques {
        let path = folder.join(format!("techniques/technique-{technique}.md"));
        fs::write(
            path,
            format!("+++\ntitle = \"Technique {technique}\"\n+++\n{PARTS}"),
        )?;
    }
    for reference in references(size) {
        let Reference {
            title,
            journal,
            year,
            volume,
            pages,
            pmid,
            patients,
            ..
        } = &reference;
        let text = format!(
            "+++\ntitle = \"{title}\"\nauthors = {:?}\njournal = \"{journal}\"\ndate = \"{year}\"\n\
             volume = \"{volume}\"\npages = \"{pages}\"\npmid = {pmid}\npopulation = \"{}\"\n\
             patients = {patients}\nsites = [\"site-{}\"]\ntechniques = [\"technique-{}\"]\n+++\n\n\
             {}\n\n{}\n\n[{}]\n",
            reference.authors,
            RANKS[reference.rank],
            reference.site,
            reference.technique,
            reference.findings[0],
            reference.findings[1],
            reference.caution,
        );
        fs::write(folder.join(format!("references/{}.md", reference.id)), text)?;
    }
    Ok(())
}

/// The same text as one document, with the marks of another language.
pub(crate) struct Marks {
    heading: fn(usize, &str) -> String,
    entry: fn(&str, &str, &str, &str, &[String; 2], &str, &str) -> String,
    preamble: &'static str,
}

/// Typst, as a careful user would write it.
pub(crate) const TYPST: Marks = Marks {
    preamble: "#set document(title: \"Synthetic handbook\")\n#set page(numbering: \"1\")\n\
               #set heading(numbering: none)\n#show heading.where(level: 1): it => pagebreak(weak: true) + it\n\
               #outline(depth: 2)\n\n",
    heading: |level, text| format!("{} {text}\n\n", "=".repeat(level)),
    entry: |label, source, title, authors, findings, caution, pmid| {
        format!(
            "{label}\n\n{source}\n\n*{title}.*\n\n{authors}.\n\n{}\n\n{}\n\n_\\[{caution}\\]_\n\n\
             #link(\"https://pubmed.ncbi.nlm.nih.gov/{pmid}/\")[PMID {pmid}]\n\n",
            findings[0], findings[1]
        )
    },
};

/// Markdown, for pandoc and crowbook.
pub(crate) const MARKDOWN: Marks = Marks {
    preamble: "",
    heading: |level, text| format!("{} {text}\n\n", "#".repeat(level)),
    entry: |label, source, title, authors, findings, caution, pmid| {
        format!(
            "{label}\n\n{source}\n\n**{title}.**\n\n{authors}.\n\n{}\n\n{}\n\n*\\[{caution}\\]*\n\n\
             [PMID {pmid}](https://pubmed.ncbi.nlm.nih.gov/{pmid}/)\n\n",
            findings[0], findings[1]
        )
    },
};

/// The handbook as one document, each entry once.
pub(crate) fn peer(size: Size, marks: &Marks) -> String {
    let references = references(size);
    let mut out = marks.preamble.to_owned();
    let list = |chosen: Vec<&Reference>, out: &mut String| {
        for reference in chosen {
            let Reference {
                journal,
                year,
                volume,
                pages,
                ..
            } = reference;
            out.push_str(&(marks.entry)(
                &format!(
                    "{} · {} patients",
                    RANKS[reference.rank].to_uppercase(),
                    reference.patients
                ),
                &format!("{journal}. {year};{volume}:{pages}."),
                &reference.title,
                &reference.authors.join(", "),
                &reference.findings,
                &reference.caution,
                &reference.pmid.to_string(),
            ));
        }
    };
    for site in 0..size.sites {
        out.push_str(&(marks.heading)(1, &format!("Site {site}")));
        for technique in 0..size.techniques {
            out.push_str(&(marks.heading)(2, &format!("Technique {technique}")));
            let here = |item: &&Reference| item.site == site && item.technique == technique;
            list(references.iter().filter(here).collect(), &mut out);
        }
    }
    out
}
