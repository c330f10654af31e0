"""Reads the feeds of the download site: with feedparser, and rule by rule what OPDS 1.2 and 2.0 ask for.

    python tests/site/feeds.py SITE

The rules of OPDS are written out here, after https://specs.opds.io/opds-1.2 and https://drafts.opds.io/opds-2.0: no
registry has a program that validates them. `opds.mjs` reads them with the parser of a client.
"""

import json
import pathlib
import re
import sys

import feedparser

ACQUISITION = "http://opds-spec.org/acquisition/open-access"
BASE = "https://example.org/book/"
site = pathlib.Path(sys.argv[1])


def parsed(name):
    """A feed as a feed reader sees it that has it from BASE."""
    feed = feedparser.parse(
        (site / name).read_bytes(), response_headers={"content-location": BASE + name, "content-type": "application/atom+xml"}
    )
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10", feed.version
    assert feed.feed.id.startswith("urn:uuid:") and feed.feed.title and feed.feed.updated_parsed, feed.feed
    assert feed.entries, f"{name} is empty"
    for entry in feed.entries:
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id), entry.id
        assert entry.title and entry.updated_parsed, entry
    ids = [feed.feed.id] + [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids)), "an identifier stands twice"
    return feed


def is_here(href):
    """Whether an address leads to a file of the site, or to another host."""
    path = href.removeprefix(BASE).split("#")[0]
    return "://" in path or (site / path).is_file()


def rels(links):
    return {link["rel"] for link in links}


atom = parsed("feed.xml")
assert {"self", "alternate"} <= rels(atom.feed.links), atom.feed.links
assert [entry.updated_parsed for entry in atom.entries] == sorted((entry.updated_parsed for entry in atom.entries), reverse=True)
for entry in atom.entries:
    assert entry.content[0].type == "application/xhtml+xml" and "<p>" in entry.content[0].value, entry
    assert is_here(entry.link), entry.link

opds = parsed("opds.xml")
links = {link.rel: link for link in opds.feed.links}
for rel in ("self", "start"):
    assert links[rel].type == "application/atom+xml;profile=opds-catalog;kind=acquisition", links[rel]
for entry in opds.entries:
    files = [link for link in entry.links if link.rel == ACQUISITION]
    assert files and all(link.type in ("application/epub+zip", "application/pdf") for link in files), entry.links
    assert all(is_here(link.href) for link in entry.links), entry.links
    assert entry.authors and entry.summary and entry.rights, entry
    assert entry.dcterms_language and entry.dcterms_publisher and entry.published, entry
    pictures = [link for link in entry.links if link.rel.startswith("http://opds-spec.org/image")]
    assert all(link.type in ("image/png", "image/jpeg", "image/gif") for link in pictures), pictures
assert {link.type for link in opds.entries[0].links if link.rel == ACQUISITION} == {"application/epub+zip", "application/pdf"}

feed = json.loads((site / "opds.json").read_text(encoding="utf-8"))


def everywhere(value, key):
    """Every value of a key, however deep."""
    if isinstance(value, dict):
        yield from (value[name] for name in value if name == key)
        yield from (found for inner in value.values() for found in everywhere(inner, key))
    elif isinstance(value, list):
        yield from (found for inner in value for found in everywhere(inner, key))


# What the schemas of OPDS 2.0 and of the Readium manifest ask of every collection, link and date.
assert {"metadata", "links", "publications"} <= feed.keys() and feed["metadata"]["title"], feed.keys()
for collection in [*everywhere(feed, "links"), *everywhere(feed, "images"), feed["publications"]]:
    texts = [json.dumps(item, sort_keys=True) for item in collection]
    assert texts and len(texts) == len(set(texts)), collection
for link in (link for key in ("links", "images") for links in everywhere(feed, key) for link in links):
    assert link["href"] and not re.search(r"[\s<>\"{}|^`\\]", link["href"]), link
    assert re.fullmatch(r"[\w.+-]+/[\w.+-]+(;.*)?", link["type"]), link
for moment in everywhere(feed, "modified"):
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment), moment
for day in everywhere(feed, "published"):
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day), day
for tag in everywhere(feed, "language"):
    assert re.fullmatch(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*", tag), tag
for images in everywhere(feed, "images"):
    assert any(image["type"] in ("image/png", "image/jpeg", "image/gif") for image in images), images
assert any(link["rel"] == "self" and link["type"] == "application/opds+json" for link in feed["links"]), feed["links"]
assert len(feed["publications"]) == feed["metadata"]["numberOfItems"] == len(opds.entries)
for publication, entry in zip(feed["publications"], opds.entries):
    metadata = publication["metadata"]
    assert metadata["title"] == entry.title and metadata["identifier"] == entry.id, metadata
    assert metadata["author"] and metadata["language"] and metadata["@type"] == "http://schema.org/Book", metadata
    links = [link for link in publication["links"] if link["rel"] == ACQUISITION]
    assert links and all(link["type"] and is_here(link["href"]) for link in links), publication["links"]
    assert all(is_here(picture["href"]) for picture in publication.get("images", [])), publication
print(f"feeds: {len(atom.entries)} editions, {len(opds.entries)} publications in both catalogues")
