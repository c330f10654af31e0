"""What programs show of the handbook that are no browsers: calibre and Readium the book on a shelf, MuPDF its text without
most of its styles.

    python3 tests/reader/shelf.py HANDBOOK.epub EAR.epub

EAR is the EPUB of `content/`. Runs where calibre and mupdf-tools are installed, in a folder with `r2-shared-js`.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

handbook, ear = sys.argv[1:]


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def calibre():
    """The lines of `ebook-meta`, by their names."""
    found = re.findall(r"^(\S.*?) +: (.*)$", said("ebook-meta", handbook), re.MULTILINE)
    shown = dict(found)
    wanted = {
        "Title": "Local Treatment Choices by Site",
        "Author(s)": "doctordee [doctordee]",
        "Publisher": "The Local Treatment Choices handbook",
        "Languages": "eng",
    }
    for name, value in wanted.items():
        assert shown.get(name) == value, f"{name}: {shown.get(name)}"
    assert shown["Tags"].startswith("Leiomyosarcoma, "), shown["Tags"]
    assert "Series" not in shown, shown["Series"]
    return shown["Author(s)"]


def readium():
    """The metadata that Readium's parser gives. Calibre does not read a licence."""
    script = pathlib.Path(__file__).with_name("readium.cjs")
    shown = json.loads(said("node", str(script), str(pathlib.Path(handbook).resolve())))
    author = shown["author"]
    assert author == {"name": "doctordee", "sortAs": "doctordee"}, author
    assert shown["language"] == "en-GB" and "belongsTo" not in shown, shown
    assert shown["subject"][0] == "Leiomyosarcoma", shown["subject"]
    assert "CC-BY-4.0" in shown["rights"], shown["rights"]
    assert shown["dcterms:license"] == "https://creativecommons.org/licenses/by/4.0/", shown
    return author["name"]


def mupdf():
    """A comment has its brackets and no words for the ear, a table is lines with the names of its columns, a chart its
    amounts: nothing is lost, run together or said twice."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "text")
        said("mutool", "convert", "-F", "text", "-W", "360", "-H", "640", "-o", str(path), ear)
        text = path.read_text()
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    flow = " ".join(lines)
    for wanted in [
        "Half lived [the last two were older] for 22 months (Lang 2000). A dose was 60 mg.",
        "Study: 73 women Lung: 34% Liver: 12% Study: 45 women Lung: 38% Liver: –",
        "Where it was found (Lang 2000) Lung 52% Liver 26.5%",
        "Cryoablation freezing People in the articles: ● 26 people What was found: not reported",
        "Lang 2000 · leiomyosarcoma · 26 patients",
    ]:
        assert wanted in flow, f"{wanted}\n\n{flow}"
    for row in ["Study: 73 women", "Lung: 34%", "Liver: 12%"]:
        assert row in lines, f"“{row}” is not a line of its own"
    assert "Editor’s comment" not in flow and "end of comment" not in flow
    return len(lines)


print(f"reader: calibre shows {calibre()}, Readium {readium()}, MuPDF {mupdf()} lines")
