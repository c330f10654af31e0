//! What it costs to draw a drawing, once all references in it are followed.

use usvg::filter::Kind;
use usvg::{ClipPath, Group, Image, ImageKind, Mask, Node, Paint, Path, Tree};

use crate::parse::picture;

/// How many shapes may be drawn, those of patterns and masks each time.
const SHAPES: u64 = 500_000;

/// How many times a pixel may be changed by filters.
const CHANGES: f64 = 300_000_000.0;

/// How many pixels all pictures in it may have.
const PIXELS: u64 = 100_000_000;

/// Whether a drawing is soon drawn.
pub(super) fn check(tree: &Tree) -> Result<(), String> {
    let mut cost = Cost::default();
    cost.group(tree.root())
}

/// What has been drawn so far.
#[derive(Debug, Default)]
struct Cost {
    shapes: u64,
    changes: f64,
    pixels: u64,
}

impl Cost {
    /// A group with all that is in it. The depth of its calls is that of the elements and references, which is bounded.
    fn group(&mut self, group: &Group) -> Result<(), String> {
        self.shape()?;
        self.filters(group)?;
        group.mask().map_or(Ok(()), |mask| self.mask(mask))?;
        group.clip_path().map_or(Ok(()), |clip| self.clip(clip))?;
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group)?,
                Node::Path(path) => self.path(path)?,
                Node::Image(image) => self.image(image)?,
                Node::Text(_) => self.shape()?,
            }
        }
        Ok(())
    }

    fn shape(&mut self) -> Result<(), String> {
        self.shapes += 1;
        match self.shapes > SHAPES {
            true => Err(format!("it draws more than {SHAPES} shapes")),
            false => Ok(()),
        }
    }

    fn mask(&mut self, mask: &Mask) -> Result<(), String> {
        self.group(mask.root())?;
        mask.mask().map_or(Ok(()), |mask| self.mask(mask))
    }

    fn clip(&mut self, clip: &ClipPath) -> Result<(), String> {
        self.group(clip.root())?;
        clip.clip_path().map_or(Ok(()), |clip| self.clip(clip))
    }

    fn path(&mut self, path: &Path) -> Result<(), String> {
        self.shape()?;
        let fill = path.fill().map(usvg::Fill::paint);
        let stroke = path.stroke().map(usvg::Stroke::paint);
        for paint in fill.into_iter().chain(stroke) {
            if let Paint::Pattern(pattern) = paint {
                self.group(pattern.root())?;
            }
        }
        Ok(())
    }

    fn image(&mut self, image: &Image) -> Result<(), String> {
        self.shape()?;
        let read = match image.kind() {
            ImageKind::PNG(bytes) => picture::png(bytes),
            ImageKind::JPEG(bytes) => picture::jpeg(bytes),
            ImageKind::GIF(_) | ImageKind::WEBP(_) => {
                Err("it is neither a PNG nor a JPEG".to_owned())
            }
            ImageKind::SVG(_) => Err("it is a drawing".to_owned()),
        };
        let size = read.map_err(|fault| format!("of a picture in it: {fault}"))?;
        self.pixels += u64::from(size.width) * u64::from(size.height);
        match self.pixels > PIXELS {
            true => Err(format!("the pictures in it have more than {PIXELS} pixels")),
            false => Ok(()),
        }
    }

    /// The pixels that the filters of a group change, each as often as a step of a filter looks at it.
    fn filters(&mut self, group: &Group) -> Result<(), String> {
        for filter in group.filters() {
            for step in filter.primitives() {
                let area = f64::from(filter.rect().width()) * f64::from(filter.rect().height());
                self.changes += area * looks(step.kind());
            }
        }
        match self.changes > CHANGES {
            true => {
                Err("its filters take too long: leave out some, or save it as a PNG".to_owned())
            }
            false => Ok(()),
        }
    }
}

/// How often a step of a filter looks at each pixel.
fn looks(step: &Kind) -> f64 {
    match step {
        Kind::Turbulence(it) => 8.0 * f64::from(it.num_octaves()),
        Kind::Morphology(it) => {
            let side = |radius: f32| 2.0 * f64::from(radius) + 1.0;
            side(it.radius_x().get()) * side(it.radius_y().get())
        }
        Kind::ConvolveMatrix(it) => {
            f64::from(it.matrix().columns()) * f64::from(it.matrix().rows())
        }
        Kind::Merge(it) => it.inputs().iter().map(|_| 1.0).sum(),
        Kind::GaussianBlur(_)
        | Kind::DropShadow(_)
        | Kind::DiffuseLighting(_)
        | Kind::SpecularLighting(_)
        | Kind::Image(_) => 8.0,
        Kind::Blend(_)
        | Kind::ColorMatrix(_)
        | Kind::ComponentTransfer(_)
        | Kind::Composite(_)
        | Kind::DisplacementMap(_)
        | Kind::Flood(_)
        | Kind::Offset(_)
        | Kind::Tile(_) => 1.0,
    }
}
