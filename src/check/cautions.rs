//! A reference about another population has a bracket that says what its results cannot predict.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Inline, Node, Reference};
use crate::reading::prose::{self, Role};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for reference in &draft.references {
        let Some(id) = &reference.population else {
            continue;
        };
        let populations = &draft.handbook.populations;
        let population = populations.iter().find(|known| known.id.value == id.value);
        if population.is_some_and(|population| population.caution) && !has_bracket(reference) {
            found.push(
                Diagnostic::new(
                    Code::MissingCaution,
                    id.span,
                    format!(
                        "no bracket says what results in `{}` cannot predict",
                        id.value
                    ),
                    "end the findings with a comment in brackets that says what the article cannot tell your readers",
                )
                .label("this population requires a caution"),
            );
        }
    }
}

/// Whether a bracket has words: `[…]` has none.
fn has_bracket(reference: &Reference) -> bool {
    let nodes = reference.body.nodes();
    let mut inlines = nodes.into_iter().filter_map(|node| match node {
        Node::Inline(inline) => Some(&inline.value),
        Node::Block(_) => None,
    });
    inlines.any(|inline| match inline {
        Inline::Bracket(content) => {
            let said = prose::of_inlines(content, Role::Paragraph).text;
            said.contains(char::is_alphabetic)
        }
        _ => false,
    })
}
