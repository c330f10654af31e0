//! Packs a finished PDF: what is no stream goes into object streams, and the table of objects is a stream, too (ISO
//! 32000-1, 7.5.7 and 7.5.8). PDF/A-2 and PDF/UA-1 allow both; Krilla writes neither, and each tag and each link is an
//! object of some hundred bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;

use super::in_parallel;

/// How many bytes of objects are in one stream, at least: a reader unpacks all of them to see one.
const ROOM: usize = 1 << 17;

/// What a program shows beside the pages where it opens the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// The bookmarks.
    Bookmarks,
    /// Nothing.
    Nothing,
}

/// The same file in fewer bytes. One that is not written as Krilla does it stays as it is.
pub(super) fn compact(pdf: Vec<u8>, beside: Beside) -> Vec<u8> {
    match File::read(&pdf) {
        Some(file) => file.pack(beside),
        None => pdf,
    }
}

/// A file as Krilla writes it.
struct File<'a> {
    /// What is before the objects.
    header: &'a [u8],
    /// In the order of the file.
    objects: Vec<Object<'a>>,
    /// What leads to the catalog, and names the file.
    trailer: &'a [u8],
    /// One more than the highest number of an object.
    size: usize,
}

#[derive(Debug, Clone, Copy)]
struct Object<'a> {
    number: usize,
    /// What is between `obj` and `endobj`.
    body: &'a [u8],
}

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// There is none of this number.
    Nowhere,
    /// At this byte of the file.
    File(usize),
    /// In the stream of this number, the index-th.
    Stream { number: usize, index: usize },
}

impl<'a> File<'a> {
    fn read(pdf: &'a [u8]) -> Option<Self> {
        let (_, start) = rsplit(pdf, b"startxref\n")?;
        let (start, _) = number(start)?;
        let (size, table) = number(pdf.get(start..)?.strip_prefix(b"xref\n0 ")?)?;
        let (table, trailer) = rsplit(table.trim_ascii_start(), b"trailer\n<<")?;
        let (trailer, _) = rsplit(trailer, b">>")?;
        let (_, trailer) = number(trailer.strip_prefix(b"/Size ")?)?;
        // An entry of the table is twenty bytes long.
        let entries = table.chunks_exact(20).enumerate();
        let in_use = entries.filter(|(_, entry)| entry.get(17) == Some(&b'n'));
        let starts = in_use.map(|(object, entry)| Some((number(entry)?.0, object)));
        let mut starts: Vec<(usize, usize)> = starts.collect::<Option<_>>()?;
        starts.sort_unstable();
        let ends = starts.iter().skip(1).map(|(start, _)| *start);
        let objects = starts.iter().zip(ends.chain([start]));
        let objects = objects.map(|((start, number), end)| {
            let object = pdf.get(*start..end)?.trim_ascii();
            let body = object.strip_prefix(format!("{number} 0 obj\n").as_bytes())?;
            let body = body.strip_suffix(b"\nendobj")?;
            Some(Object {
                number: *number,
                body,
            })
        });
        Some(Self {
            header: pdf.get(..starts.first()?.0)?,
            objects: objects.collect::<Option<_>>()?,
            trailer,
            size,
        })
    }

    fn pack(&self, beside: Beside) -> Vec<u8> {
        let objects = self.objects.iter();
        let (streams, others): (Vec<Object<'_>>, Vec<Object<'_>>) =
            objects.partition(|object| object.body.ends_with(b"endstream"));
        let packs: Vec<&[Object<'_>]> = packs(&others);
        let packed = in_parallel(packs.par_iter(), |pack| pack_of(pack, beside));

        let mut out = self.header.to_vec();
        let mut places = vec![Place::Nowhere; self.size];
        for object in &streams {
            places[object.number] = Place::File(out.len());
            put(&mut out, object.number, object.body);
        }
        for (pack, body) in packs.iter().zip(packed) {
            let number = places.len();
            for (index, object) in pack.iter().enumerate() {
                places[object.number] = Place::Stream { number, index };
            }
            places.push(Place::File(out.len()));
            put(&mut out, number, &body);
        }
        let start = out.len();
        let number = places.len();
        places.push(Place::File(start));
        put(&mut out, number, &table(&places, self.trailer));
        out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        out
    }
}

/// Writes an object of its own.
fn put(out: &mut Vec<u8>, number: usize, body: &[u8]) {
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    out.extend_from_slice(body);
    out.extend_from_slice(b"\nendobj\n");
}

/// Objects in groups, each large enough for a stream.
fn packs<'o, 'a>(objects: &'o [Object<'a>]) -> Vec<&'o [Object<'a>]> {
    let mut packs = Vec::new();
    let mut rest = objects;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = rest.iter().take_while(|object| {
            let has_room = bytes < ROOM;
            bytes += object.body.len();
            has_room
        });
        let (pack, others) = rest.split_at(fits.count());
        packs.push(pack);
        rest = others;
    }
    packs
}

/// An object stream: where each object begins in it, then the objects.
fn pack_of(objects: &[Object<'_>], beside: Beside) -> Vec<u8> {
    let mut index = String::new();
    let mut bodies = Vec::new();
    for object in objects {
        index.push_str(&format!("{} {} ", object.number, bodies.len()));
        match object.body.strip_prefix(CATALOG) {
            Some(rest) => bodies.extend(catalog(rest, beside)),
            None => bodies.extend_from_slice(object.body),
        }
        bodies.push(b'\n');
    }
    let (count, first) = (objects.len(), index.len());
    let content = [index.as_bytes(), &bodies].concat();
    let entries = format!("/Type/ObjStm/N {count}/First {first}");
    stream(entries.as_bytes(), &content)
}

/// How the object begins that leads to all others.
const CATALOG: &[u8] = b"<</Type/Catalog";

/// What a reader takes for granted (ISO 32000-1, table 321), and Poppler for an error.
const NO_SUSPECTS: &[u8] = b"/Suspects false";

/// The object that leads to all others, of what is behind its beginning.
fn catalog(rest: &[u8], beside: Beside) -> Vec<u8> {
    let mode: &[u8] = match beside {
        Beside::Bookmarks => b"/PageMode/UseOutlines",
        Beside::Nothing => b"",
    };
    let (before, after) = rsplit(rest, NO_SUSPECTS).unwrap_or((rest, b""));
    [CATALOG, mode, before, after].concat()
}

/// The table of objects, as differences from one to the next: most lie one behind the other.
fn table(places: &[Place], trailer: &[u8]) -> Vec<u8> {
    const WIDTH: usize = 8;
    let mut before = [0; WIDTH];
    let mut rows = Vec::with_capacity(places.len() * (WIDTH + 1));
    for place in places {
        let (kind, place, index) = match *place {
            Place::Nowhere => (0, 0, 0),
            Place::File(at) => (1, at, 0),
            Place::Stream { number, index } => (2, number, index),
        };
        let (place, index) = (place.to_be_bytes(), index.to_be_bytes());
        let [.., p3, p2, p1, p0] = place;
        let [.., i2, i1, i0] = index;
        let row: [u8; WIDTH] = [kind, p3, p2, p1, p0, i2, i1, i0];
        // PNG's filter “up”.
        rows.push(2);
        rows.extend(
            row.iter()
                .zip(before)
                .map(|(byte, above)| byte.wrapping_sub(above)),
        );
        before = row;
    }
    let entries = format!(
        "/Type/XRef/W[1 4 3]/DecodeParms<</Predictor 12/Columns {WIDTH}>>/Size {}",
        places.len(),
    );
    stream(&[entries.as_bytes(), trailer].concat(), &rows)
}

/// A stream with some entries in its dictionary.
fn stream(entries: &[u8], content: &[u8]) -> Vec<u8> {
    let content = deflated(content);
    let length = format!("<</Length {}/Filter/FlateDecode", content.len());
    [length.as_bytes(), entries, b">>\nstream\n", &content, END].concat()
}

/// How a stream ends.
const END: &[u8] = b"\nendstream";

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    #[expect(clippy::expect_used, reason = "writing to memory does not fail")]
    encoder
        .write_all(content)
        .and_then(|()| encoder.finish())
        .expect("memory")
}

/// The number at the beginning of `bytes`, and what is behind it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (digits, rest) = bytes.split_at(digits);
    let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some((number, rest))
}

/// What is before and behind the last `separator`.
fn rsplit<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut windows = bytes.windows(separator.len());
    let at = windows.rposition(|window| window == separator)?;
    Some((bytes.get(..at)?, bytes.get(at + separator.len()..)?))
}

#[cfg(test)]
mod tests {
    use flate2::write::ZlibDecoder;

    use super::*;

    fn inflated(content: &[u8]) -> Vec<u8> {
        let mut decoder = ZlibDecoder::new(Vec::new());
        decoder.write_all(content).unwrap();
        decoder.finish().unwrap()
    }

    /// A file of two objects and a stream, as Krilla writes it; object 3 was never used.
    fn file() -> Vec<u8> {
        let objects = [
            (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
            (2, format!("<</Kids[]/Note({})>>", "word ".repeat(40))),
            (4, "<</Length 2>>\nstream\nhi\nendstream".to_owned()),
        ];
        let mut out = b"%PDF-1.7\n\n".to_vec();
        let mut table = String::from("xref\n0 5\n0000000003 65535 f\r\n");
        for (number, body) in objects {
            if number == 4 {
                table.push_str("0000000000 00000 f\r\n");
            }
            table.push_str(&format!("{:010} 00000 n\r\n", out.len()));
            out.extend(format!("{number} 0 obj\n{body}\nendobj\n\n").bytes());
        }
        let start = out.len();
        let trailer = "trailer\n<</Size 5/Root 1 0 R/ID[(>>)(b)]>>\n";
        out.extend(format!("{table}{trailer}startxref\n{start}\n%%EOF").bytes());
        out
    }

    /// What the object of this number unpacks to.
    fn unpacked(pdf: &[u8], number: usize) -> String {
        let mark = format!("\n{number} 0 obj\n");
        let (_, object) = rsplit(pdf, mark.as_bytes()).unwrap();
        let stream = b"stream\n";
        let at = object.windows(stream.len()).position(|it| it == stream);
        let (entries, content) = object.split_at(at.unwrap() + stream.len());
        let (length, _) = super::number(&entries[b"<</Length ".len()..]).unwrap();
        let content = inflated(&content[..length]);
        String::from_utf8_lossy(&content).into_owned()
    }

    #[test]
    fn objects_go_into_a_stream_and_streams_stay() {
        let packed = compact(file(), Beside::Bookmarks);
        let text = String::from_utf8_lossy(&packed);
        assert!(text.contains("4 0 obj\n<</Length 2>>\nstream\nhi\nendstream\nendobj\n"));
        assert!(text.contains("/Size 7/Root 1 0 R/ID[(>>)(b)]"), "{text}");
        let objects = unpacked(&packed, 5);
        let catalog = "<</Type/Catalog/PageMode/UseOutlines/Pages 2 0 R>>\n";
        let index = format!("1 0 2 {} ", catalog.len());
        assert!(objects.starts_with(&format!("{index}{catalog}<</Kids[]")));
        assert!(text.contains(&format!("/Type/ObjStm/N 2/First {}", index.len())));
    }

    /// Each row of the table has the differences from the one before: kind, place and index.
    #[test]
    fn the_table_tells_where_each_object_is() {
        let packed = compact(file(), Beside::Nothing);
        let mut decoder = ZlibDecoder::new(Vec::new());
        let (_, object) = rsplit(&packed, b"\n6 0 obj\n").unwrap();
        let (_, rows) =
            object.split_at(object.windows(7).position(|it| it == b"stream\n").unwrap() + 7);
        let end = rows.windows(10).position(|it| it == b"\nendstream");
        decoder.write_all(&rows[..end.unwrap()]).unwrap();
        let rows = decoder.finish().unwrap();
        let mut row = [0; 8];
        let mut table = Vec::new();
        for differences in rows.chunks(9) {
            for (byte, difference) in row.iter_mut().zip(&differences[1..]) {
                *byte = u8::wrapping_add(*byte, *difference);
            }
            let [kind, p3, p2, p1, p0, i2, i1, i0] = row;
            let index = u32::from_be_bytes([0, i2, i1, i0]);
            table.push((kind, u32::from_be_bytes([p3, p2, p1, p0]) as usize, index));
        }
        let at = |number: usize| {
            let mark = format!("\n{number} 0 obj\n");
            let (before, _) = rsplit(&packed, mark.as_bytes()).unwrap();
            (1, before.len() + 1, 0)
        };
        let free = (0, 0, 0);
        assert_eq!(
            table,
            [free, (2, 5, 0), (2, 5, 1), free, at(4), at(5), at(6)]
        );
    }

    #[test]
    fn a_file_of_another_kind_stays_as_it_is() {
        let cut = file()[..100].to_vec();
        for pdf in [
            Vec::new(),
            b"%PDF-1.7\nstartxref\n5000\n%%EOF".to_vec(),
            cut,
        ] {
            assert_eq!(compact(pdf.clone(), Beside::Bookmarks), pdf);
        }
    }
}
