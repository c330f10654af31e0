//! What can be built: each product with its place, its name in a release, its media type and its label.

use crate::language::Words;
use crate::model::Variant;
use crate::model::book::Topic;
use crate::model::draft::Handbook;
use crate::model::ledger::{Edition, UnitKind};

/// The folder of releases, below the folder of outputs.
pub const RELEASES: &str = "releases";

/// The folder of the download site, below the folder of outputs.
pub const SITE: &str = "site";

/// A kind of product, as `--only` chooses from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The printed book, in each variant of the page.
    Pdf,
    /// The EPUB.
    Epub,
    /// The handouts.
    Handouts,
    /// The web edition.
    Web,
    /// The report for the editor, which is made when all others are.
    Report,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Pdf,
        Self::Epub,
        Self::Handouts,
        Self::Web,
        Self::Report,
    ];

    /// The kinds whose files are those of a release.
    pub fn released() -> impl Iterator<Item = Self> {
        let is_released = |kind: &Self| match kind {
            Self::Pdf | Self::Epub | Self::Handouts => true,
            Self::Web | Self::Report => false,
        };
        Self::ALL.into_iter().filter(is_released)
    }

    /// The kinds for readers, which can be chosen.
    pub fn choice() -> impl Iterator<Item = Self> {
        let is_for_readers = |kind: &Self| match kind {
            Self::Pdf | Self::Epub | Self::Handouts | Self::Web => true,
            Self::Report => false,
        };
        Self::ALL.into_iter().filter(is_for_readers)
    }

    /// The name, as it is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Handouts => "handouts",
            Self::Web => "web",
            Self::Report => "report",
        }
    }

    /// What it is, for those who choose.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::Pdf => "The printed book, in each variant of the page",
            Self::Epub => {
                "The EPUB; without PDFs, it has no pages of the printed book, which would have to be set for them"
            }
            Self::Handouts => "The handouts",
            Self::Web => "The web edition, to be read in a browser and put on any server",
            Self::Report => "The report for the editor",
        }
    }

    /// The kind for readers of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::choice().find(|kind| kind.name() == name)
    }

    /// The kind of the file that a build of any book puts at `path`: the inverse of [`Product::path`], whatever the slug
    /// was.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.has(path))
    }

    /// Whether one of its products is at `path`.
    fn has(self, path: &str) -> bool {
        let Some((name, format)) = path.rsplit_once('.') else {
            return false;
        };
        let is_web = name.starts_with(WEB);
        let is_handout = name.starts_with(HANDOUTS);
        match self {
            Self::Pdf => format == "pdf" && !is_web && !is_handout,
            Self::Epub => format == "epub" && !is_web,
            Self::Handouts => matches!(format, "pdf" | CITATIONS) && is_handout,
            Self::Web => is_web,
            Self::Report => path == REPORT,
        }
    }
}

/// Something that can be built of a book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Product {
    /// The whole book, on the pages of a variant.
    Pdf(Variant),
    /// The sheet around the printed book, for a press.
    Cover,
    /// The whole book as an EPUB.
    Epub,
    /// A few pages on one topic, on the paper of a variant.
    Handout(Topic, Variant),
    /// The articles of a handout, for a reference manager (RIS).
    Citations(Topic),
    /// A file of the web edition, by its path in there.
    Web(String),
    /// Figures for the editor, which `fascicle check --report` prints.
    Report,
}

/// Where the report is.
const REPORT: &str = "report.json";

/// What the paths of handouts begin with.
const HANDOUTS: &str = "handouts/";

/// What the names of articles for a reference manager end with.
const CITATIONS: &str = "ris";

/// The page of the web edition that opens the book.
pub const HOME: &str = "index.html";

/// The folder of the web edition within the download site.
pub const READ: &str = "read";

/// What the paths of the web edition begin with.
const WEB: &str = "web/";

/// What the released names of handouts have after the edition.
const HANDOUT: &str = "-handout";

/// What names of files are made of, beside the product.
#[derive(Debug, Clone, Copy)]
pub struct Naming<'a> {
    /// The short name of the book.
    pub slug: &'a str,
    /// The variant whose PDF needs no mark in its name.
    pub first: Variant,
}

impl<'a> Naming<'a> {
    /// The names of the files of a handbook.
    #[must_use]
    pub fn of(handbook: &'a Handbook) -> Self {
        let first = handbook.variants.first();
        Self {
            slug: &handbook.slug,
            first: first.map_or_else(Variant::default, |first| first.value),
        }
    }
}

/// What a product is called on the download site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Label<'a> {
    /// Words of the language: the name, and for whom the file is.
    Words(&'a str, &'a str),
    /// The title of a unit of the release.
    Unit(UnitKind, String),
}

impl Product {
    /// Where it is below the folder of outputs: `book.pdf`, `book-letter.pdf`, `handouts/sites/liver.pdf`,
    /// `handouts/letter/sites/liver.pdf`.
    #[must_use]
    pub fn path(&self, naming: &Naming<'_>) -> String {
        match self {
            Self::Pdf(_) | Self::Cover | Self::Epub => {
                format!("{}{}", naming.slug, self.ending(naming.first))
            }
            Self::Handout(topic, variant) if *variant == naming.first => {
                format!("{HANDOUTS}{topic}.pdf")
            }
            Self::Handout(topic, variant) => format!("{HANDOUTS}{variant}/{topic}.pdf"),
            Self::Citations(topic) => format!("{HANDOUTS}{topic}.{CITATIONS}"),
            Self::Web(file) => format!("{WEB}{file}"),
            Self::Report => REPORT.to_owned(),
        }
    }

    /// What it is called in a release: `book-1.0.0-letter.pdf`, `book-1.0.0-handout--sites--liver.pdf`,
    /// `book-1.0.0-handout-letter--sites--liver.pdf`. No folders: hosts of releases have none.
    #[must_use]
    pub fn released_name(&self, naming: &Naming<'_>, edition: Edition) -> String {
        format!("{}-{edition}{}", naming.slug, self.ending(naming.first))
    }

    /// The product of that name in a release: the inverse of [`Self::released_name`]. An earlier edition may have had
    /// another slug, which has no dots, as numbers of editions have; it may have had products that are not made anymore.
    #[must_use]
    pub fn released_as(name: &str, edition: Edition, first: Variant) -> Option<Self> {
        let (_, ending) = name.split_once(&format!("-{edition}"))?;
        if let Some((paper, topic, kind)) = handout(ending) {
            let topic = Topic::named(&topic);
            let variant = match paper {
                "" => first,
                name => *Variant::ALL.iter().find(|it| it.to_string() == name)?,
            };
            return match kind {
                "pdf" => Some(Self::Handout(topic, variant)),
                CITATIONS if paper.is_empty() => Some(Self::Citations(topic)),
                _ => None,
            };
        }
        let variants = Variant::ALL.iter().copied().map(Self::Pdf);
        let mut others = variants.chain([Self::Cover, Self::Epub, Self::Report]);
        others.find(|product| product.ending(first) == ending)
    }

    /// What the released name ends with, after the edition.
    fn ending(&self, first: Variant) -> String {
        match self {
            Self::Pdf(variant) if *variant == first => ".pdf".to_owned(),
            Self::Pdf(variant) => format!("-{variant}.pdf"),
            Self::Cover => "-cover.pdf".to_owned(),
            Self::Epub => ".epub".to_owned(),
            Self::Handout(topic, variant) => {
                let paper = match *variant == first {
                    true => String::new(),
                    false => format!("-{variant}"),
                };
                let topic = topic.to_string().replace('/', "--");
                format!("{HANDOUT}{paper}--{topic}.pdf")
            }
            Self::Citations(topic) => {
                let topic = topic.to_string().replace('/', "--");
                format!("{HANDOUT}--{topic}.{CITATIONS}")
            }
            Self::Web(file) => format!("-web-{}", file.replace('/', "-")),
            Self::Report => format!("-{REPORT}"),
        }
    }

    /// The kind it belongs to.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Pdf(_) | Self::Cover => Kind::Pdf,
            Self::Epub => Kind::Epub,
            Self::Handout(..) | Self::Citations(_) => Kind::Handouts,
            Self::Web(_) => Kind::Web,
            Self::Report => Kind::Report,
        }
    }

    /// Whether it is a part of a product of many files, which nobody opens first.
    #[must_use]
    pub fn is_part(&self) -> bool {
        matches!(self, Self::Web(file) if file != HOME)
    }

    /// Whether it is the whole book, or what is around it.
    #[must_use]
    pub fn is_book(&self) -> bool {
        match self.kind() {
            Kind::Pdf | Kind::Epub => true,
            Kind::Handouts | Kind::Web | Kind::Report => false,
        }
    }

    /// Its label on the download site.
    pub(crate) fn label<'a>(&'a self, words: &'a Words) -> Label<'a> {
        match self {
            Self::Pdf(Variant::A4) => Label::Words(&words.downloads.a4, &words.downloads.a4_hint),
            Self::Pdf(Variant::Letter) => {
                Label::Words(&words.downloads.letter, &words.downloads.letter_hint)
            }
            Self::Pdf(Variant::LargePrint) => Label::Words(
                &words.downloads.large_print,
                &words.downloads.large_print_hint,
            ),
            Self::Pdf(Variant::Screen) => {
                Label::Words(&words.downloads.screen, &words.downloads.screen_hint)
            }
            Self::Cover => Label::Words(&words.downloads.press, &words.downloads.press_hint),
            Self::Epub => Label::Words(&words.downloads.epub, &words.downloads.epub_hint),
            Self::Handout(topic, _) => match topic {
                Topic::Site(site) => Label::Unit(UnitKind::Site, site.to_string()),
                Topic::Technique(technique) => {
                    Label::Unit(UnitKind::Technique, technique.to_string())
                }
                Topic::SiteTechnique(site, technique) => {
                    Label::Unit(UnitKind::SiteTechnique, format!("{site}/{technique}"))
                }
            },
            Self::Citations(_) => Label::Words(&words.downloads.citations, ""),
            Self::Web(file) => Label::Words(file, ""),
            Self::Report => Label::Words(REPORT, ""),
        }
    }
}

/// The paper, the topic and the format in the ending of a handout's name.
fn handout(ending: &str) -> Option<(&str, String, &str)> {
    let (name, format) = ending.strip_prefix(HANDOUT)?.rsplit_once('.')?;
    let (paper, topic) = name.split_once("--")?;
    let paper = paper.trim_start_matches('-');
    Some((paper, topic.replace("--", "/"), format))
}

/// The media type of a product, by its name.
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "pdf")) => "application/pdf",
        Some((_, "epub")) => "application/epub+zip",
        Some((_, "json")) => "application/json",
        Some((_, CITATIONS)) => "application/x-research-info-systems",
        Some((_, "html")) => "text/html",
        Some((_, "ttf")) => "font/ttf",
        Some((_, "otf")) => "font/otf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products() -> Vec<Product> {
        let mut products: Vec<Product> = Variant::ALL.iter().copied().map(Product::Pdf).collect();
        for topic in ["laser", "sites/liver", "sites/liver/laser"].map(Topic::named) {
            let papers = Variant::ALL.iter().copied();
            products.extend(papers.map(|paper| Product::Handout(topic.clone(), paper)));
            products.push(Product::Citations(topic.clone()));
        }
        products.extend([Product::Cover, Product::Epub, Product::Report]);
        products
    }

    #[test]
    fn products_are_known_by_their_paths_and_by_their_names() {
        let edition = Edition::parse("1.2.0").unwrap();
        for first in Variant::ALL.iter().copied() {
            let naming = Naming {
                slug: "book",
                first,
            };
            for product in products() {
                let path = product.path(&naming);
                assert_eq!(Kind::at(&path), Some(product.kind()), "{path}");
                let name = product.released_name(&naming, edition);
                let found = Product::released_as(&name, edition, first);
                assert_eq!(found, Some(product), "{name}");
            }
        }
    }

    #[test]
    fn paths_and_names_stay_as_they_are() {
        let naming = Naming {
            slug: "book",
            first: Variant::A4,
        };
        let edition = Edition::parse("1.2.0").unwrap();
        let names = |product: Product| {
            let path = product.path(&naming);
            format!("{path} {}", product.released_name(&naming, edition))
        };
        assert_eq!(names(Product::Pdf(Variant::A4)), "book.pdf book-1.2.0.pdf");
        assert_eq!(
            names(Product::Pdf(Variant::Letter)),
            "book-letter.pdf book-1.2.0-letter.pdf"
        );
        assert_eq!(names(Product::Epub), "book.epub book-1.2.0.epub");
        assert_eq!(names(Product::Cover), "book-cover.pdf book-1.2.0-cover.pdf");
        assert_eq!(
            names(Product::Handout(Topic::named("laser"), Variant::A4)),
            "handouts/laser.pdf book-1.2.0-handout--laser.pdf"
        );
        assert_eq!(
            names(Product::Handout(Topic::named("sites/liver"), Variant::A4)),
            "handouts/sites/liver.pdf book-1.2.0-handout--sites--liver.pdf"
        );
        let laser = Topic::named("sites/liver/laser");
        assert_eq!(
            names(Product::Handout(laser, Variant::LargePrint)),
            "handouts/large-print/sites/liver/laser.pdf \
             book-1.2.0-handout-large-print--sites--liver--laser.pdf"
        );
        assert_eq!(
            names(Product::Citations(Topic::named("sites/liver"))),
            "handouts/sites/liver.ris book-1.2.0-handout--sites--liver.ris"
        );
        assert_eq!(names(Product::Report), "report.json book-1.2.0-report.json");
    }

    #[test]
    fn a_name_of_another_product_is_none() {
        let edition = Edition::parse("1.2.0").unwrap();
        for name in ["book-1.2.0-a5.pdf", "book-1.2.0.mobi", "book.pdf", ""] {
            assert_eq!(Product::released_as(name, edition, Variant::A4), None);
        }
        let renamed = Product::released_as("other-1.2.0.epub", edition, Variant::A4);
        assert_eq!(renamed, Some(Product::Epub));
    }
}
