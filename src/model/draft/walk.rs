//! Walks through a text, and its characters.

use super::{Block, Body, Inline};
use crate::source::Spanned;

/// The characters of running text, without marks and citations.
#[must_use]
pub fn plain_text(inlines: &[Spanned<Inline>]) -> String {
    let mut text = String::new();
    add_text(inlines, &mut text);
    text
}

fn add_text(inlines: &[Spanned<Inline>], text: &mut String) {
    for inline in inlines {
        text.push_str(inline.value.characters());
        add_text(inline.value.children(), text);
    }
}

/// Whether inlines have a character or a citation that can be seen.
#[must_use]
pub fn has_words(inlines: &[Spanned<Inline>]) -> bool {
    inlines.iter().any(|inline| {
        matches!(inline.value, Inline::Citation(_))
            || inline.value.characters().chars().any(is_visible)
            || has_words(inline.value.children())
    })
}

/// Neither white space nor a character that only shapes others (Unicode, general categories Cc and Cf).
fn is_visible(character: char) -> bool {
    !character.is_whitespace()
        && !character.is_control()
        && !matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// A node of a body, met in reading order.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// A block.
    Block(&'a Spanned<Block>),
    /// An inline.
    Inline(&'a Spanned<Inline>),
}

impl Body {
    /// Every node of some blocks, each before what it holds.
    #[must_use]
    pub fn nodes_of(blocks: &[Spanned<Block>]) -> Vec<Node<'_>> {
        let mut nodes = Vec::new();
        walk_blocks(blocks, &mut nodes);
        nodes
    }

    /// Every node, footnotes last, each before what it holds.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes = Vec::new();
        walk_blocks(&self.blocks, &mut nodes);
        for footnote in &self.footnotes {
            walk_blocks(&footnote.blocks, &mut nodes);
        }
        nodes
    }
}

fn walk_blocks<'a>(blocks: &'a [Spanned<Block>], nodes: &mut Vec<Node<'a>>) {
    for block in blocks {
        nodes.push(Node::Block(block));
        for part in block.value.children() {
            walk_inlines(part.inlines(), nodes);
            walk_blocks(part.blocks(), nodes);
        }
    }
}

fn walk_inlines<'a>(inlines: &'a [Spanned<Inline>], nodes: &mut Vec<Node<'a>>) {
    for inline in inlines {
        nodes.push(Node::Inline(inline));
        walk_inlines(inline.value.children(), nodes);
    }
}
