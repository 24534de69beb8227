// New components and links by list, key and double-click.
#include "gui/canvas/deeds.h"
#include "gui/canvas/edits/placement.h"
#include "gui/canvas/quick_list.h"
#include "models/components/component_type.h"

namespace plimsoll::gui {
namespace {

constexpr QPointF kCardHalf{kCardWidth / 2, kCardHeight / 2};

QString labelOf(const std::string& typeId) {
    const auto* type = components::findType(typeId);
    return type ? QString::fromUtf8(type->label.data(), static_cast<qsizetype>(type->label.size())) : QString();
}

} // namespace

void Deeds::addAt(const QString& typeId, const QPointF& corner, const Wiring& wiring) {
    const std::string type = typeId.toStdString();
    m_stage.apply(tr("add %1").arg(labelOf(type)),
                  addedComponent(m_stage.project(), m_stage.scenario(), type, corner, wiring));
    const auto& added = m_stage.document.selection().components;
    if (added.size() == 1 && m_stage.scene.rects().contains(*added.begin()))
        m_stage.camera.reveal(m_stage.scene.rects().at(*added.begin()));
}

void Deeds::add(const QString& typeId) {
    const auto* drawn = m_stage.scene.scenario();
    if (!drawn) return;
    const auto* selected = document::findComponent(*drawn, m_stage.document.selection().single());
    if (!selected || isArea(*selected))
        return addAt(typeId, freePlace(*drawn, m_stage.camera.seen().center() - kCardHalf), {});
    const QPointF corner = placeAfter(*drawn, *selected);
    const Wiring after{selected->id, {}};
    const bool legal =
        addedComponent(m_stage.project(), m_stage.scenario(), typeId.toStdString(), corner, after).project.has_value();
    addAt(typeId, corner, legal ? after : Wiring{});
}

QPoint Deeds::besideSelection() const {
    const auto id = m_stage.document.selection().single();
    const QRectF seen = m_stage.camera.seen();
    const auto rect = m_stage.scene.rects().find(id);
    const QPointF at = rect == m_stage.scene.rects().end() ? seen.center() : rect->second.topRight() + QPointF(24, 0);
    return ((at - seen.topLeft()) * m_stage.camera.zoom()).toPoint();
}

void Deeds::quickAdd(const std::optional<QPoint>& pointer) {
    const auto* drawn = m_stage.scene.scenario();
    if (!drawn) return;
    const auto* selected = document::findComponent(*drawn, m_stage.document.selection().single());
    if (selected && !isArea(*selected)) return askWhatToAdd({selected->id, {}}, besideSelection());
    askWhatToAdd({}, pointer.value_or(besideSelection()));
}

void Deeds::askWhatToAdd(const Wiring& wiring, const QPoint& at) {
    std::vector<QuickList::Entry> entries;
    for (const auto& type : typesThatMay(m_stage.project(), m_stage.scenario(), wiring)) {
        const QString id = QString::fromStdString(type);
        entries.push_back({id, labelOf(type), id});
    }
    const QPointF point = m_stage.camera.seen().topLeft() + QPointF(at) / m_stage.camera.zoom();
    const document::Id selected = m_stage.document.selection().single();
    const QString title = wiring.from.empty() && wiring.to.empty() ? tr("Add") : tr("Add and link");
    m_list.ask(title, std::move(entries), at, [this, wiring, point, selected](const QString& typeId) {
        const auto* drawn = m_stage.scene.scenario();
        if (!drawn) return;
        const auto* from = document::findComponent(*drawn, wiring.from);
        // After the selection where that is what was asked; otherwise its port stands where the pointer was.
        const bool after = from && wiring.from == selected && rectOf(*from).right() + kGap > point.x();
        const QPointF corner = after ? placeAfter(*drawn, *from) : freePlace(*drawn, point - QPointF(0, kPortY));
        addAt(typeId, corner, wiring);
    });
}

void Deeds::linkFromSelection() {
    const auto* drawn = m_stage.scene.scenario();
    const document::Id from = m_stage.document.selection().single();
    if (!drawn || from.empty()) return;
    std::vector<QuickList::Entry> entries;
    const auto legal = legalTargets(m_stage.project(), m_stage.scenario(), from);
    for (const auto& component : drawn->components)
        if (legal.contains(component->id))
            entries.push_back({QString::fromStdString(component->id), QString::fromStdString(component->name),
                               QString::fromStdString(component->type)});
    m_list.ask(tr("Link to"), std::move(entries), besideSelection(), [this, from](const QString& to) {
        Edited edited = linked(m_stage.project(), m_stage.scenario(), {from, to.toStdString()});
        edited.selection = {{from}, {}};
        m_stage.apply(tr("link"), std::move(edited));
    });
}

} // namespace plimsoll::gui
