"""Reads the handbook in engines other than today's Chromium: WebKitGTK, on which Apple Books, Kobo's apps and Foliate are
built, and the Chromium 102 of calibre's viewer, which knows no container queries. At the size of a phone and of a tablet,
in ordinary and in large text, light and dark; screenshots are kept.

    xvfb-run python3 tests/reader/engines.py webkit|calibre HANDBOOK.epub FOLDER [CHAPTER …]

Runs in Debian's Python with gir1.2-webkit2-4.1, python3-gi-cairo and calibre.
"""

import json
import os
import pathlib
import sys
import tempfile
import zipfile

CHAPTERS = json.loads(pathlib.Path(__file__).with_name("places.json").read_text())
SCREENS = [(name, width, height, text) for name, width, height in [("phone", 360, 640), ("tablet", 768, 1024)] for text in (1, 2)]
MARGIN = 20

# As readers show a book: in columns, a screen wide.
STYLE = """html {{ box-sizing: border-box; height: {height}px; padding: {margin}px !important; margin: 0; overflow: hidden;
column-width: {column}px; column-gap: {gap}px; column-fill: auto; font-family: "Liberation Serif", serif; font-size: {text}%; color: {color}; background: {paper}; }}
body {{ overflow-wrap: break-word; }} img, svg {{ max-height: {inner}px !important; }}"""


def style(width, height, text, dark):
    color, paper = ("#e8e8e8", "#101010") if dark else ("#101010", "#ffffff")
    return STYLE.format(margin=MARGIN, column=width - 2 * MARGIN, gap=2 * MARGIN, text=100 * text, color=color, paper=paper,
                        height=height, inner=height - 2 * MARGIN)


class WebKit:
    """WebKitGTK in a window that nobody sees."""

    def __init__(self):
        import gi
        gi.require_version("Gtk", "3.0")
        gi.require_version("WebKit2", "4.1")
        from gi.repository import GLib, Gtk, WebKit2
        self.glib, self.gtk, self.kit = GLib, Gtk, WebKit2
        self.styles = WebKit2.UserContentManager()
        self.view = WebKit2.WebView.new_with_user_content_manager(self.styles)
        self.window = Gtk.OffscreenWindow()
        self.window.add(self.view)
        self.loop = GLib.MainLoop()

    def wait(self, milliseconds=20_000):
        timer = self.glib.timeout_add(milliseconds, self.loop.quit)
        self.loop.run()
        self.glib.source_remove(timer) if self.glib.main_context_default().find_source_by_id(timer) else None

    def resize(self, width, height):
        self.view.set_size_request(width, height)
        self.window.set_default_size(width, height)
        self.window.resize(width, height)
        self.window.show_all()

    def open(self, url, css):
        kit = self.kit
        self.styles.remove_all_style_sheets()
        self.styles.add_style_sheet(kit.UserStyleSheet(css, kit.UserContentInjectedFrames.ALL_FRAMES,
                                                       kit.UserStyleLevel.AUTHOR, None, None))
        finished = kit.LoadEvent.FINISHED
        handler = self.view.connect("load-changed", lambda _, event: self.loop.quit() if event == finished else None)
        self.view.load_uri(url)
        self.wait()
        self.view.disconnect(handler)

    def run(self, script):
        found = []

        def done(view, result):
            found.append(view.evaluate_javascript_finish(result).to_string())
            self.loop.quit()

        self.view.evaluate_javascript(script, -1, None, None, None, done)
        self.wait()
        return found[0]

    def picture(self, path):
        def done(view, result):
            view.get_snapshot_finish(result).write_to_png(path)
            self.loop.quit()

        self.glib.timeout_add(150, self.loop.quit)
        self.loop.run()
        self.view.get_snapshot(self.kit.SnapshotRegion.VISIBLE, self.kit.SnapshotOptions.NONE, None, done)
        self.wait()


class Calibre:
    """The engine of calibre's viewer."""

    def __init__(self):
        os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu --single-process --no-zygote")
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
        from PyQt6.QtCore import QEventLoop, QTimer, QUrl
        from PyQt6.QtWebEngineWidgets import QWebEngineView
        from PyQt6.QtWidgets import QApplication
        self.app = QApplication(sys.argv[:1])
        self.loop, self.timer, self.url = QEventLoop(), QTimer, QUrl
        self.view = QWebEngineView()
        self.view.show()

    def pause(self, milliseconds):
        self.timer.singleShot(milliseconds, self.loop.quit)
        self.loop.exec()

    def resize(self, width, height):
        self.view.setFixedSize(width, height)

    def open(self, url, css):
        self.view.load(self.url(url))
        # It says that it has finished when the page before is still there.
        loaded = "document.readyState === 'complete' && document.body ? location.href : ''"
        while self.run(loaded) != url:
            self.pause(20)
        self.run("const sheet = document.createElementNS('http://www.w3.org/1999/xhtml', 'style'); sheet.textContent = "
                 f"{json.dumps(css)}; document.head.append(sheet); ''")

    def run(self, script):
        found = []

        def done(answer):
            found.append(answer)
            self.loop.quit()

        self.view.page().runJavaScript(script, 0, done)
        while not found:
            self.loop.exec()
        return found[0]

    def picture(self, path):
        self.pause(250)
        self.view.grab().save(path)


def main():
    engine, book, folder, *chapters = sys.argv[1:]
    look = pathlib.Path(__file__).with_name("look.js").read_text()
    screens = pathlib.Path(folder)
    screens.mkdir(parents=True, exist_ok=True)
    faults, seen = [], 0
    with tempfile.TemporaryDirectory() as place:
        zipfile.ZipFile(book).extractall(place)
        reader = {"webkit": WebKit, "calibre": Calibre}[engine]()
        for name, width, height, text in SCREENS:
            reader.resize(width, height)
            for scheme in ("light", "dark"):
                for chapter in chapters or CHAPTERS:
                    path = pathlib.Path(place, "OEBPS", f"{chapter}.xhtml")
                    reader.open(path.as_uri(), style(width, height, text, scheme == "dark"))
                    columns = {"period": width, "width": width - 2 * MARGIN, "start": MARGIN}
                    found = json.loads(reader.run(
                        f"(() => {{ {look}\nreturn JSON.stringify(look(document, {json.dumps(columns)})) }})()"))
                    for what in ("wide", "torn", "over"):
                        if found[what]:
                            faults.append(f"{chapter}, {name}, {100 * text} %, {scheme}, {what}: {found[what]}")
                    if (found["light"] > 0.7) != (scheme == "dark"):
                        faults.append(f"{chapter}, {name}, {scheme}: {found['light']}")
                    reader.picture(str(screens / f"{chapter}-{engine}-{name}-{100 * text}-{scheme}.png"))
                    seen += 1
    print(*faults, sep="\n")
    print(f"reader: {engine}, {seen} screens, {len(faults)} faults")
    sys.stdout.flush()
    # Qt does not always come down by itself.
    os._exit(1 if faults else 0)


main()
