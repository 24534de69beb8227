#include "gui/canvas/tools/move_tool.h"

#include "gui/canvas/areas.h"
#include "gui/canvas/items/card_item.h"
#include "gui/canvas/paint/card_text.h"
#include "gui/canvas/tools/drop_on_link.h"
#include "models/text/figure_text.h"

#include <QCoreApplication>

#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kSnapReach = 8; // dpx
constexpr int kDwellMs = 150;
constexpr double kGhostOpacity = 0.7;

QString say(const char* text) {
    return QCoreApplication::translate("Canvas", text);
}

} // namespace

MoveTool::MoveTool(Stage& stage, const Pointer& pressed)
    : Gesture(stage), m_from(pressed.scene), m_held(stage.document.selection().components) {
    for (const auto& id : withContent(*stage.scene.scenario(), m_held)) {
        const QRectF rect = stage.scene.rects().at(id);
        m_start[id] = rect;
        m_bounds |= rect;
    }
    m_dwell.setSingleShot(true);
    m_dwell.setInterval(kDwellMs);
    QObject::connect(&m_dwell, &QTimer::timeout, &m_dwell, [this] { lightArea(); });
}

MoveTool::~MoveTool() {
    finish();
}

std::vector<QRectF> MoveTool::neighbours() const {
    std::vector<QRectF> rects;
    const QRectF seen = m_stage.camera.seen();
    for (const auto& [id, rect] : m_stage.scene.rects()) {
        const bool moves = !m_copies && m_start.contains(id);
        if (!moves && m_stage.scene.card(id) && rect.intersects(seen)) rects.push_back(rect);
    }
    return rects;
}

QPointF MoveTool::shiftFor(const Pointer& pointer) {
    QPointF shift = pointer.scene - m_from;
    m_snapped = {};
    const bool oneAxis = pointer.modifiers & Qt::ShiftModifier;
    const bool alongX = std::abs(shift.x()) >= std::abs(shift.y());
    if (oneAxis) (alongX ? shift.ry() : shift.rx()) = 0;
    if (pointer.modifiers & Qt::ControlModifier) return shift;
    m_snapped = snap(m_bounds.translated(shift), neighbours(), kSnapReach / m_stage.camera.zoom());
    if (oneAxis) {
        (alongX ? m_snapped.shift.ry() : m_snapped.shift.rx()) = 0;
        (alongX ? m_snapped.horizontal : m_snapped.vertical).reset();
    }
    return shift + m_snapped.shift;
}

Rects MoveTool::shifted() const {
    Rects rects;
    for (const auto& [id, rect] : m_start) rects[id] = rect.translated(m_shift);
    return rects;
}

void MoveTool::move(const Pointer& pointer) {
    m_copies = pointer.modifiers & Qt::AltModifier;
    m_shift = shiftFor(pointer);
    const bool single = m_held.size() == 1 && m_start.size() == 1 && m_stage.scene.card(*m_held.begin());
    m_link =
        single && !m_copies ? linkToDropOn(m_stage, m_bounds.translated(m_shift).center(), *m_held.begin()) : LinkKey{};
    show();
    m_dwell.start();
}

void MoveTool::show() {
    m_stage.scene.look().dropLink = m_link;
    m_stage.scene.preview(m_copies ? Rects{} : shifted());
    m_stage.scene.update();
}

void MoveTool::lightArea() {
    std::set<document::Id> moving;
    for (const auto& [id, rect] : m_start) moving.insert(id);
    m_stage.scene.look().enteredArea = areaAt(*m_stage.scene.scenario(), m_bounds.translated(m_shift).center(), moving);
    m_stage.scene.update();
}

void MoveTool::release(const Pointer& pointer) {
    move(pointer);
    const Rects rects = shifted();
    const LinkKey link = m_link;
    finish();
    const QString what = countedComponents(m_held.size());
    if (m_shift.isNull()) return;
    if (m_copies) {
        m_stage.apply(say("duplicate %1").arg(what),
                      duplicated(m_stage.project(), m_stage.scenario(), m_stage.document.selection(), m_shift));
        return;
    }
    const QString text = link.first.empty() ? say("move %1").arg(what) : say("insert %1 into link").arg(what);
    m_stage.apply(text, moved(m_stage.project(), m_stage.scenario(), rects, m_stage.document.selection(), link));
}

void MoveTool::cancel() {
    finish();
}

void MoveTool::finish() {
    m_dwell.stop();
    m_stage.scene.look().enteredArea.clear();
    m_stage.scene.look().dropLink = {};
    m_stage.scene.preview({});
    m_stage.scene.update();
}

void MoveTool::paint(QPainter& painter, const Theme& theme, double d) const {
    if (m_copies) {
        painter.setOpacity(kGhostOpacity);
        for (const auto& [id, rect] : m_start) {
            const auto* card = m_stage.scene.card(id);
            if (!card) continue;
            painter.save();
            painter.translate(rect.topLeft() + m_shift);
            paintCard(painter, card->figure(), theme, card->look());
            painter.restore();
        }
        painter.setOpacity(1);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(canvasFont(kSmallestText * d, 1 / d));
    for (const auto& guide : {m_snapped.vertical, m_snapped.horizontal}) {
        if (!guide) continue;
        painter.setPen(QPen(theme.accent, 0));
        const bool upright = guide->orientation == Qt::Vertical;
        const QPointF from = upright ? QPointF(guide->at, guide->from) : QPointF(guide->from, guide->at);
        const QPointF to = upright ? QPointF(guide->at, guide->to) : QPointF(guide->to, guide->at);
        painter.drawLine(from, to);
        if (guide->gap > 0)
            painter.drawText((from + to) / 2 + QPointF(4 * d, -4 * d),
                             QString::fromStdString(text::significant(guide->gap)));
    }
}

} // namespace plimsoll::gui
