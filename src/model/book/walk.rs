//! Walks through a book, and its characters.

use super::{Anchor, Block, Book, Handout, Inline, Part, PartMut, Section, Text, TextId};

/// A place or a text, met in reading order.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// Something that can be linked to begins here.
    Anchor(&'a Anchor),
    /// The end of an index range.
    End(&'a Anchor),
    /// A run of characters.
    Text(&'a Text),
}

impl Book {
    /// The pictures that it shows, by their paths below the content folder: each once, in reading order.
    #[must_use]
    pub fn pictures(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for block in self.sections.iter().flat_map(Section::all_blocks) {
            if let Block::Figure { path, .. } = block
                && !found.contains(&path.as_str())
            {
                found.push(path);
            }
        }
        found
    }

    /// Every place and every text of the book, in reading order.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        self.sections.iter().flat_map(Section::nodes).collect()
    }
}

impl Handout {
    /// Every place and every text of the section and of the references, in reading order.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes: Vec<Node<'_>> = self.fields.iter().map(Node::Text).collect();
        nodes.extend(self.section.nodes());
        walk_blocks(&self.references, &mut nodes);
        nodes
    }

    /// Gives each text of the handout its number.
    pub fn number(&mut self) {
        let mut id = TextId::default();
        for text in &mut self.fields {
            number_text(text, &mut id);
        }
        number_section(&mut self.section, &mut id);
        let label = self.lookup.as_mut().map(|lookup| &mut lookup.label);
        for text in label.into_iter().chain([&mut self.about]) {
            number_text(text, &mut id);
        }
        number_blocks(&mut self.references, &mut id);
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

    /// Gives each text of the section, which is the one at `section` in the book, its number.
    pub fn number(&mut self, section: u32) {
        let mut id = TextId { section, number: 0 };
        number_section(self, &mut id);
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

/// Every inline of running text, those within others, too, in reading order.
#[must_use]
pub fn every_inline(inlines: &[Inline]) -> Vec<&Inline> {
    let mut all = Vec::new();
    collect_inlines(inlines, &mut all);
    all
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

fn number_section(section: &mut Section, next: &mut TextId) {
    number_text(&mut section.title, next);
    number_blocks(&mut section.blocks, next);
    for footnote in &mut section.footnotes {
        number_blocks(&mut footnote.blocks, next);
    }
}

fn number_text(text: &mut Text, next: &mut TextId) {
    text.id = *next;
    next.number += 1;
}

fn number_blocks(blocks: &mut [Block], next: &mut TextId) {
    for part in blocks.iter_mut().flat_map(Block::children_mut) {
        match part {
            PartMut::Text(text) => number_text(text, next),
            PartMut::Inlines(content) => number_inlines(content, next),
            PartMut::Blocks(blocks) => number_blocks(blocks, next),
        }
    }
}

fn number_inlines(inlines: &mut [Inline], next: &mut TextId) {
    for inline in inlines {
        if let Some(text) = inline.text_mut() {
            number_text(text, next);
        }
        if let Some(content) = inline.children_mut() {
            number_inlines(content, next);
        }
    }
}
