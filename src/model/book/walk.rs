//! What sections, blocks and inlines hold: the one place that knows the way through a book.

use super::{Anchor, Block, Book, Entry, Inline, Section, Text};

/// A place or a text, met in reading order.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// Something that can be linked to begins here.
    Anchor(&'a Anchor),
    /// What stands before this ends here.
    End(&'a Anchor),
    /// A run of characters.
    Text(&'a Text),
}

/// What a block holds.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A place or a text of the block itself.
    Node(Node<'a>),
    /// Running text.
    Inlines(&'a [Inline]),
    /// Other blocks.
    Blocks(&'a [Block]),
}

/// What a block holds, to be changed.
#[derive(Debug)]
pub enum PartMut<'a> {
    /// Running text.
    Inlines(&'a mut Vec<Inline>),
    /// Other blocks.
    Blocks(&'a mut Vec<Block>),
}

impl Book {
    /// Every place and every text of the book, in reading order.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        self.sections.iter().flat_map(Section::nodes).collect()
    }
}

impl Section {
    /// Every place and every text of the section, in reading order.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes = vec![Node::Anchor(&self.anchor), Node::Text(&self.title)];
        walk_blocks(&self.blocks, &mut nodes);
        for footnote in &self.footnotes {
            nodes.push(Node::Anchor(&footnote.anchor));
            walk_blocks(&footnote.blocks, &mut nodes);
        }
        nodes
    }

    /// Every block of the section, those within others and in footnotes, too, in reading order.
    #[must_use]
    pub fn all_blocks(&self) -> Vec<&Block> {
        let mut all = Vec::new();
        collect_blocks(&self.blocks, &mut all);
        for footnote in &self.footnotes {
            collect_blocks(&footnote.blocks, &mut all);
        }
        all
    }
}

impl Block {
    /// What the block holds, in reading order.
    #[must_use]
    pub fn children(&self) -> Vec<Part<'_>> {
        let anchor = |anchor| Part::Node(Node::Anchor(anchor));
        let text = |text| Part::Node(Node::Text(text));
        match self {
            Self::Heading {
                anchor: place,
                content,
                ..
            } => vec![anchor(place), Part::Inlines(content)],
            Self::Paragraph(content) | Self::Display(_, content) => vec![Part::Inlines(content)],
            Self::List { items, .. } => (items.iter())
                .map(|item| Part::Blocks(&item.blocks))
                .collect(),
            Self::Quote(blocks) => vec![Part::Blocks(blocks)],
            Self::Code(code) => vec![text(code)],
            Self::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                let cells = cells.map(|cell| Part::Inlines(cell));
                table.caption.iter().map(text).chain(cells).collect()
            }
            Self::Figure { caption, .. } => caption.iter().map(text).collect(),
            Self::Chart(chart) => {
                let bars = chart.bars.iter().flat_map(|bar| [&bar.label, &bar.value]);
                let caption = std::iter::once(Part::Inlines(&chart.caption));
                caption.chain(bars.map(text)).collect()
            }
            Self::Rule => Vec::new(),
            Self::RangeEnd(place) => vec![Part::Node(Node::End(place))],
            Self::Citations(entries) => entries.iter().flat_map(Entry::children).collect(),
            Self::References(lines) => (lines.iter())
                .flat_map(|line| [anchor(&line.anchor), Part::Inlines(&line.content)])
                .collect(),
            Self::Index(lines) => (lines.iter())
                .map(|line| Part::Inlines(&line.content))
                .collect(),
            Self::Subjects(groups) => (groups.iter().flatten())
                .flat_map(|subject| [anchor(&subject.anchor), Part::Inlines(&subject.content)])
                .collect(),
            Self::Glossary(words) => (words.iter())
                .flat_map(|word| [anchor(&word.anchor), text(&word.term), text(&word.meaning)])
                .collect(),
        }
    }

    /// The running texts and blocks of what an author wrote, to be changed. What the program makes of it (lists of
    /// references, indexes) is not changed afterwards.
    pub fn children_mut(&mut self) -> Vec<PartMut<'_>> {
        match self {
            Self::Heading { content, .. }
            | Self::Paragraph(content)
            | Self::Display(_, content) => vec![PartMut::Inlines(content)],
            Self::List { items, .. } => (items.iter_mut())
                .map(|item| PartMut::Blocks(&mut item.blocks))
                .collect(),
            Self::Quote(blocks) => vec![PartMut::Blocks(blocks)],
            Self::Table(table) => {
                let rows = std::iter::once(&mut table.header).chain(&mut table.rows);
                rows.flatten().map(PartMut::Inlines).collect()
            }
            Self::Chart(chart) => vec![PartMut::Inlines(&mut chart.caption)],
            Self::Code(_)
            | Self::Figure { .. }
            | Self::Rule
            | Self::RangeEnd(_)
            | Self::Citations(_)
            | Self::References(_)
            | Self::Index(_)
            | Self::Subjects(_)
            | Self::Glossary(_) => Vec::new(),
        }
    }

    /// Every inline of the block itself, those within others, too, but not of blocks within it, in reading order.
    #[must_use]
    pub fn inlines(&self) -> Vec<&Inline> {
        let mut all = Vec::new();
        for part in self.children() {
            if let Part::Inlines(content) = part {
                collect_inlines(content, &mut all);
            }
        }
        all
    }
}

impl Entry {
    fn children(&self) -> Vec<Part<'_>> {
        let text = |text| Part::Node(Node::Text(text));
        let mut parts = vec![
            Part::Node(Node::Anchor(&self.anchor)),
            text(&self.population),
        ];
        parts.extend(self.details.iter().map(text));
        parts.extend(self.notices.iter().map(|notice| Part::Inlines(notice)));
        parts.extend([
            text(&self.source),
            Part::Inlines(&self.title),
            text(&self.authors),
        ]);
        parts.extend(self.affiliation.iter().map(text));
        parts.extend([
            Part::Blocks(&self.findings),
            Part::Inlines(&self.identifiers),
        ]);
        parts
    }
}

impl Inline {
    /// The inlines that it holds.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Struck(content)
            | Self::Foreign { content, .. }
            | Self::Bracket(content)
            | Self::Internal { content, .. }
            | Self::External { content, .. } => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::Citation { .. }
            | Self::Term { .. }
            | Self::Pages(_)
            | Self::IndexAnchor(_)
            | Self::Footnote { .. }
            | Self::Omission(_)
            | Self::Break => &[],
        }
    }

    /// The inlines that it holds, to be changed.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Struck(content)
            | Self::Foreign { content, .. }
            | Self::Bracket(content)
            | Self::Internal { content, .. }
            | Self::External { content, .. } => Some(content),
            Self::Text(_)
            | Self::Code(_)
            | Self::Citation { .. }
            | Self::Term { .. }
            | Self::Pages(_)
            | Self::IndexAnchor(_)
            | Self::Footnote { .. }
            | Self::Omission(_)
            | Self::Break => None,
        }
    }

    /// Its own text, without that of its children.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Text(text)
            | Self::Code(text)
            | Self::Omission(text)
            | Self::Citation { mark: text, .. }
            | Self::Term { word: text, .. } => Some(text),
            Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Struck(_)
            | Self::Foreign { .. }
            | Self::Bracket(_)
            | Self::Internal { .. }
            | Self::External { .. }
            | Self::Pages(_)
            | Self::IndexAnchor(_)
            | Self::Footnote { .. }
            | Self::Break => None,
        }
    }
}

/// The characters of running text as they are seen: with the brackets of comments, without page numbers and marks of
/// footnotes.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        let is_bracket = matches!(inline, Inline::Bracket(_));
        text.push_str(inline.text().map_or("", |own| &own.text));
        text.push_str(if is_bracket { "[" } else { "" });
        text.push_str(&plain_text(inline.children()));
        text.push_str(if is_bracket { "]" } else { "" });
        text.push_str(if *inline == Inline::Break { " " } else { "" });
    }
    text
}

fn collect_blocks<'a>(blocks: &'a [Block], all: &mut Vec<&'a Block>) {
    for block in blocks {
        all.push(block);
        for part in block.children() {
            if let Part::Blocks(blocks) = part {
                collect_blocks(blocks, all);
            }
        }
    }
}

fn collect_inlines<'a>(inlines: &'a [Inline], all: &mut Vec<&'a Inline>) {
    for inline in inlines {
        all.push(inline);
        collect_inlines(inline.children(), all);
    }
}

fn walk_blocks<'a>(blocks: &'a [Block], nodes: &mut Vec<Node<'a>>) {
    for part in blocks.iter().flat_map(Block::children) {
        match part {
            Part::Node(node) => nodes.push(node),
            Part::Inlines(content) => walk_inlines(content, nodes),
            Part::Blocks(blocks) => walk_blocks(blocks, nodes),
        }
    }
}

fn walk_inlines<'a>(inlines: &'a [Inline], nodes: &mut Vec<Node<'a>>) {
    for inline in inlines {
        match inline {
            Inline::Term { anchor, .. } => nodes.push(Node::Anchor(anchor)),
            Inline::IndexAnchor(anchor) => nodes.push(Node::End(anchor)),
            _ => {}
        }
        nodes.extend(inline.text().map(Node::Text));
        walk_inlines(inline.children(), nodes);
    }
}
