#include "gui/canvas/canvas_actions.h"

#include "gui/canvas/clipboard.h"
#include "gui/canvas/deeds.h"

#include <QActionGroup>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

namespace plimsoll::gui {
namespace {

/// Makes one action after another.
class Maker {
public:
    Maker(QWidget& canvas) : m_canvas(canvas) {}

    QAction* operator()(const QString& text, const QList<QKeySequence>& keys, const char* name,
                        std::function<void()> deed, Qt::ShortcutContext context = Qt::WidgetShortcut) {
        auto* action = new QAction(text, &m_canvas);
        action->setObjectName(QString::fromLatin1(name));
        action->setShortcuts(keys);
        action->setShortcutContext(context);
        QObject::connect(action, &QAction::triggered, &m_canvas, [deed = std::move(deed)] { deed(); });
        m_canvas.addAction(action);
        return action;
    }
    static QString say(const char* text) { return QCoreApplication::translate("CanvasActions", text); }

private:
    QWidget& m_canvas;
};

void makeEdits(CanvasActions& actions, Maker& make, Deeds& deeds, Stage& stage,
               const std::function<std::optional<QPointF>()>& pointer) {
    auto* cut = make(Maker::say("Cu&t"), {QKeySequence::Cut}, "cut", [&] { deeds.cut(); });
    auto* copy = make(Maker::say("&Copy"), {QKeySequence::Copy}, "copy", [&] { deeds.copy(); });
    auto* paste = make(Maker::say("&Paste"), {QKeySequence::Paste}, "paste", [&deeds, &stage, pointer] {
        const auto at = pointer();
        deeds.paste(at ? std::optional(stage.camera.seen().topLeft() + *at / stage.camera.zoom()) : std::nullopt);
    });
    auto* duplicate =
        make(Maker::say("D&uplicate"), {QKeySequence(Qt::CTRL | Qt::Key_D)}, "duplicate", [&] { deeds.duplicate(); });
    auto* rename = make(Maker::say("&Rename"), {QKeySequence(Qt::Key_F2)}, "rename", [&] { deeds.rename(); });
    auto* link = make(Maker::say("&Link to…"), {QKeySequence(Qt::Key_L)}, "link", [&] { deeds.linkFromSelection(); });
    auto* remove = make(Maker::say("&Delete"), {QKeySequence(Qt::Key_Delete), QKeySequence(Qt::Key_Backspace)},
                        "delete", [&] { deeds.remove(); });
    auto* close = make(Maker::say("Delete and close the &gap"), {QKeySequence(Qt::CTRL | Qt::Key_Delete)},
                       "deleteAndClose", [&] { deeds.removeAndClose(); });
    auto* group =
        make(Maker::say("Gr&oup into area"), {QKeySequence(Qt::CTRL | Qt::Key_G)}, "group", [&] { deeds.group(); });
    auto* ungroup = make(Maker::say("U&ngroup"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)}, "ungroup",
                         [&] { deeds.ungroup(); });
    actions.edit = {cut, copy, paste, duplicate, nullptr, rename, link, remove, close, nullptr, group, ungroup};

    const auto enable = [=, &stage] {
        const Selection& selection = stage.document.selection();
        const bool any = !selection.components.empty(), one = !selection.single().empty();
        for (auto* action : {cut, copy, duplicate, group, ungroup}) action->setEnabled(any);
        for (auto* action : {rename, link, close}) action->setEnabled(one);
        remove->setEnabled(!selection.empty());
    };
    QObject::connect(&stage.document, &Document::selectionChanged, remove, enable);
    enable();
    const auto enablePaste = [paste] { paste->setEnabled(mayBeClip(QGuiApplication::clipboard()->mimeData())); };
    QObject::connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, paste, enablePaste);
    enablePaste();
}

void makeSelections(CanvasActions& actions, Maker& make, Deeds& deeds) {
    const auto stream = [&](const QString& text, Qt::Key letter, const char* name, Stream wanted) {
        return make(text, {QKeySequence(Qt::ALT | Qt::Key_S, QKeyCombination(letter))}, name,
                    [&deeds, wanted] { deeds.selectStream(wanted); });
    };
    actions.select = {
        make(Maker::say("Select &all"), {QKeySequence::SelectAll}, "selectAll", [&] { deeds.selectAll(); }),
        stream(Maker::say("Select &upstream"), Qt::Key_U, "selectUpstream", Stream::Up),
        stream(Maker::say("Select &downstream"), Qt::Key_D, "selectDownstream", Stream::Down),
        stream(Maker::say("Select &connected"), Qt::Key_C, "selectConnected", Stream::Both)};
}

void makeViews(CanvasActions& actions, Maker& make, Stage& stage,
               const std::function<std::optional<QPointF>()>& pointer) {
    const auto zoomTo = [&stage, pointer](double zoom) {
        const QSize size = stage.canvas.size();
        stage.camera.zoomSmoothly(pointer().value_or(QPointF(size.width() / 2.0, size.height() / 2.0)), zoom);
    };
    actions.zoomIn = make(
        Maker::say("Zoom &in"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
        "zoomIn", [=, &stage] { zoomTo(zoomStep(stage.camera.zoom(), 1)); }, Qt::WindowShortcut);
    actions.zoomOut = make(
        Maker::say("Zoom &out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, "zoomOut",
        [=, &stage] { zoomTo(zoomStep(stage.camera.zoom(), -1)); }, Qt::WindowShortcut);
    auto* full = make(
        Maker::say("Zoom to &100 %"), {QKeySequence(Qt::CTRL | Qt::Key_0)}, "zoom100", [=] { zoomTo(1); },
        Qt::WindowShortcut);
    actions.fit = make(
        Maker::say("&Fit"), {QKeySequence(Qt::CTRL | Qt::Key_1)}, "fit",
        [&stage] { stage.camera.fit(stage.scene.contentRect(), 1); }, Qt::WindowShortcut);
    auto* fitSelection = make(
        Maker::say("Fit &selection"), {QKeySequence(Qt::CTRL | Qt::Key_2)}, "fitSelection",
        [&stage] {
            QRectF bounds;
            for (const auto& id : stage.document.selection().components)
                if (const auto rect = stage.scene.rects().find(id); rect != stage.scene.rects().end())
                    bounds |= rect->second;
            if (!bounds.isNull()) stage.camera.fit(bounds, 1.5);
        },
        Qt::WindowShortcut);
    actions.view = {actions.zoomIn, actions.zoomOut, full, actions.fit, fitSelection};
}

void makeOverlays(CanvasActions& actions, Maker& make, Stage& stage, QWidget& canvas) {
    struct Row {
        QString text;
        Qt::Key key;
        const char* name;
        Overlay overlay;
    };
    const Row rows[] = {{Maker::say("Utilisation"), Qt::Key_1, "overlayUtilisation", Overlay::Utilisation},
                        {Maker::say("Latency"), Qt::Key_2, "overlayLatency", Overlay::Latency},
                        {Maker::say("Cost"), Qt::Key_3, "overlayCost", Overlay::Cost},
                        {Maker::say("Errors"), Qt::Key_4, "overlayErrors", Overlay::Errors},
                        {Maker::say("Off"), Qt::Key_0, "overlayOff", Overlay::Off}};
    auto* group = new QActionGroup(&canvas);
    for (const auto& row : rows) {
        auto* action = make(row.text, {QKeySequence(row.key)}, row.name,
                            [&stage, overlay = row.overlay] { stage.view.setOverlay(overlay); });
        action->setCheckable(true);
        group->addAction(action);
        const auto check = [action, &stage, overlay = row.overlay] {
            action->setChecked(stage.view.overlay() == overlay);
        };
        QObject::connect(&stage.view, &ViewState::overlayChanged, action, check);
        check();
        actions.overlay.append(action);
    }
}

} // namespace

CanvasActions makeCanvasActions(QWidget& canvas, Stage& stage, Deeds& deeds,
                                const std::function<std::optional<QPointF>()>& pointer) {
    CanvasActions actions;
    Maker make(canvas);
    makeEdits(actions, make, deeds, stage, pointer);
    makeSelections(actions, make, deeds);
    makeViews(actions, make, stage, pointer);
    makeOverlays(actions, make, stage, canvas);
    actions.insert = {make(Maker::say("&Add component…"), {QKeySequence(Qt::Key_A), QKeySequence(Qt::Key_Insert)},
                           "quickAdd", [&deeds, pointer] {
                               const auto at = pointer();
                               deeds.quickAdd(at ? std::optional(at->toPoint()) : std::nullopt);
                           })};
    return actions;
}

} // namespace plimsoll::gui
