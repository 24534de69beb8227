#include "gui/canvas/deeds.h"

#include "gui/canvas/areas.h"
#include "gui/canvas/clipboard.h"
#include "gui/canvas/name_editor.h"

#include <QClipboard>
#include <QGuiApplication>

namespace plimsoll::gui {
namespace {

constexpr QPointF kBeside{40, 40}; // copies and pastes stand this far from their originals
constexpr int kNudgeBurstMs = 700; // presses closer than this are one undo step

std::vector<document::Id> asVector(const std::set<document::Id>& ids) {
    return {ids.begin(), ids.end()};
}

} // namespace

Deeds::Deeds(Stage& stage, QuickList& list, NameEditor& editor, QObject* parent)
    : QObject(parent), m_stage(stage), m_list(list), m_editor(editor) {}

void Deeds::remove() {
    const Selection selection = m_stage.document.selection();
    if (selection.empty()) return;
    const QString what = selection.components.empty()
                             ? (selection.links.size() == 1 ? tr("link") : tr("%1 links").arg(selection.links.size()))
                             : countedComponents(selection.components.size());
    m_stage.apply(tr("delete %1").arg(what), removed(m_stage.project(), m_stage.scenario(), selection));
}

void Deeds::removeAndClose() {
    const document::Id id = m_stage.document.selection().single();
    if (id.empty()) return;
    m_stage.apply(tr("delete component and close the gap"),
                  {edit::removeAndClose(m_stage.project(), m_stage.scenario(), id), {}});
}

void Deeds::duplicate() {
    const Selection selection = m_stage.document.selection();
    if (selection.components.empty()) return;
    m_stage.apply(tr("duplicate %1").arg(countedComponents(selection.components.size())),
                  duplicated(m_stage.project(), m_stage.scenario(), selection, kBeside));
}

void Deeds::copy() {
    const auto* drawn = m_stage.scene.scenario();
    const auto& selected = m_stage.document.selection().components;
    if (!drawn || selected.empty()) return;
    const auto ids = asVector(withContent(*drawn, selected));
    QGuiApplication::clipboard()->setMimeData(
        toClip(edit::extract(m_stage.project(), m_stage.scenario(), ids)).release());
}

void Deeds::cut() {
    const Selection selection = m_stage.document.selection();
    if (selection.components.empty()) return;
    copy();
    m_stage.apply(tr("cut %1").arg(countedComponents(selection.components.size())),
                  removed(m_stage.project(), m_stage.scenario(), selection));
}

void Deeds::paste(const std::optional<QPointF>& pointer) {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (!mayBeClip(data)) return;
    const auto clip = fromClip(*data);
    if (!clip) {
        m_stage.document.apply(tr("paste"), std::unexpected(clip.error()));
        return;
    }
    const document::Scenario& first = *clip->scenarios.front();
    if (first.components.empty()) return;
    const QPointF offset = pointer ? onGrid(*pointer - boundsOf(first).center()) : kBeside;
    m_stage.apply(tr("paste %1").arg(countedComponents(first.components.size())),
                  pasted(m_stage.project(), m_stage.scenario(), *clip, offset));
}

void Deeds::nudge(const QPointF& step) {
    const auto* drawn = m_stage.scene.scenario();
    const Selection selection = m_stage.document.selection();
    if (!drawn || selection.components.empty()) return;
    Rects rects;
    for (const auto& id : withContent(*drawn, selection.components))
        rects[id] = m_stage.scene.rects().at(id).translated(step);
    if (!m_sinceNudge.isValid() || m_sinceNudge.elapsed() >= kNudgeBurstMs) m_stage.document.endMerge();
    m_sinceNudge.start();
    QString key = QStringLiteral("nudge");
    for (const auto& id : selection.components) key += u' ' + QString::fromStdString(id);
    m_stage.apply(tr("move %1").arg(countedComponents(selection.components.size())),
                  moved(m_stage.project(), m_stage.scenario(), rects, selection), key);
}

void Deeds::rename() {
    rename(m_stage.document.selection().single());
}

void Deeds::rename(const document::Id& id) {
    const auto* drawn = m_stage.scene.scenario();
    const auto* component = drawn ? document::findComponent(*drawn, id) : nullptr;
    if (!component) return;
    const QRectF rect = m_stage.scene.rects().at(id);
    m_stage.camera.reveal(rect);
    const double zoom = m_stage.camera.zoom();
    // Over the name: right of the icon, as high as the name's line.
    const QRectF place = isArea(*component) ? QRectF(rect.left() + 32, rect.top(), 200, kAreaHeader)
                                            : QRectF(rect.left() + 42, rect.top() + 6, kCardWidth - 48, 26);
    const QPointF corner = (place.topLeft() - m_stage.camera.seen().topLeft()) * zoom;
    m_editor.edit(QString::fromStdString(component->name), QRectF(corner, place.size() * zoom).toRect(),
                  std::clamp(15 * zoom, 13.0, 20.0), [this, id](const QString& name) {
                      m_stage.document.apply(tr("rename component"), edit::rename(m_stage.project(), m_stage.scenario(),
                                                                                  id, name.toStdString()));
                  });
}

void Deeds::group() {
    const auto* drawn = m_stage.scene.scenario();
    const Selection selection = m_stage.document.selection();
    if (!drawn || selection.components.empty()) return;
    QRectF bounds;
    Rects inside;
    for (const auto& id : withContent(*drawn, selection.components)) {
        inside[id] = m_stage.scene.rects().at(id);
        bounds |= inside[id];
    }
    bounds.adjust(-kAreaPadding, -kAreaPadding - kAreaHeader, kAreaPadding, kAreaPadding);
    Edited added = addedComponent(m_stage.project(), m_stage.scenario(), "area", bounds.topLeft());
    if (added.project) {
        const document::Id area = *added.selection.components.begin();
        Rects rects = inside;
        rects[area] = bounds;
        std::vector<edit::Placement> placements{
            {area, fromPoint(bounds.topLeft()), document::Size{bounds.width(), bounds.height()}, {}}};
        for (const auto& id : selection.components) {
            const auto* component = document::findComponent(*drawn, id);
            if (component->area && selection.components.contains(*component->area)) continue;
            placements.front().area = component->area;
            placements.push_back({id, component->position, component->size, area});
        }
        added.project = edit::place(*added.project, m_stage.scenario(), placements);
    }
    m_stage.apply(tr("group %1").arg(countedComponents(selection.components.size())), std::move(added));
}

void Deeds::ungroup() {
    const auto* drawn = m_stage.scene.scenario();
    if (!drawn) return;
    std::vector<document::Id> areas;
    Selection after;
    for (const auto& id : m_stage.document.selection().components)
        if (const auto* component = document::findComponent(*drawn, id); component && isArea(*component))
            areas.push_back(id);
    if (areas.empty()) return;
    for (const auto& component : drawn->components)
        if (component->area && std::find(areas.begin(), areas.end(), *component->area) != areas.end())
            after.components.insert(component->id);
    m_stage.apply(tr("ungroup"),
                  {edit::removeComponents(m_stage.project(), m_stage.scenario(), areas), std::move(after)});
}

void Deeds::selectAll() {
    const auto* drawn = m_stage.scene.scenario();
    if (!drawn) return;
    const auto& before = m_stage.document.selection().components;
    Selection all, inArea;
    std::optional<document::Id> area;
    if (!before.empty())
        if (const auto* first = document::findComponent(*drawn, *before.begin())) area = first->area;
    for (const auto& component : drawn->components) {
        all.components.insert(component->id);
        if (area && component->area == area) inArea.components.insert(component->id);
    }
    // In this area first, then all.
    const bool widen = inArea.components.empty() || inArea.components == before;
    m_stage.document.select(widen ? all : inArea);
}

void Deeds::selectStream(Stream stream) {
    const auto* drawn = m_stage.scene.scenario();
    if (!drawn) return;
    m_stage.document.select({connectedTo(*drawn, m_stage.document.selection().components, stream), {}});
}

void Deeds::choose(const document::Id& component) {
    m_stage.scene.look().focused = component;
    m_stage.document.select({{component}, {}});
    m_stage.camera.reveal(m_stage.scene.rects().at(component));
    m_stage.scene.update();
}

bool Deeds::selectNext(bool forward) {
    const auto* drawn = m_stage.scene.scenario();
    if (!drawn) return false;
    auto order = flowOrder(*drawn);
    if (!forward) std::reverse(order.begin(), order.end());
    const auto& focused = m_stage.scene.look().focused;
    const document::Id present = m_stage.document.selection().single();
    auto at = std::find(order.begin(), order.end(), present.empty() ? focused : present);
    at = at == order.end() ? order.begin() : std::next(at);
    if (at == order.end()) return false;
    choose(*at);
    return true;
}

void Deeds::selectNearest(int dx, int dy) {
    const auto* drawn = m_stage.scene.scenario();
    if (!drawn) return;
    const auto id = nearestIn(*drawn, m_stage.document.selection().single(), dx, dy);
    if (!id.empty()) choose(id);
}

} // namespace plimsoll::gui
