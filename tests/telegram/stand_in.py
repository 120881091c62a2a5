import sys, types, html

try:
    import knowledge.telling.render
except ImportError:
    from knowledge.telling import notes

    extra = {
        "description": "Mô tả",
        "short_description": "Ngắn",
        **{"command_" + c: "Lệnh" for c in ("hoi", "trogiup", "quen", "riengtu", "xoa_du_lieu")},
    }
    r = types.ModuleType("knowledge.telling.render")

    def html_parts(a):
        out = [f"<b>{html.escape(e.title)}</b>\n" + html.escape(e.body) for e in a.entries]
        out += [
            html.escape(f.as_printed + " " + f.region + " " + f.period + " " + f.measure)
            for f in (*a.figures, *a.companions, *a.offers)
        ]
        out += [html.escape(notes.sentence(n)) for n in (*a.assumptions, *a.warnings, *a.gaps)]
        return out or [a.kind]

    r.html_parts = html_parts
    r.notice = lambda code: extra.get(code) or notes.notice(code)
    sys.modules["knowledge.telling.render"] = r


def parts(settings):
    from db.content import build
    from db.snapshot import load

    build(settings.database, if_missing=True)
    return load(settings.database), lambda: settings.today
