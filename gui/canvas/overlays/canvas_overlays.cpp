#include "gui/canvas/overlays/canvas_overlays.h"

#include "gui/canvas/overlays/legend.h"
#include "gui/canvas/overlays/message_bar.h"
#include "gui/canvas/overlays/minimap.h"
#include "gui/canvas/overlays/request_strip.h"
#include "gui/canvas/overlays/verdict_line.h"
#include "models/components/component_type.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {
constexpr int kMargin = 12;
constexpr int kToastSeconds = 6;
} // namespace

CanvasOverlays::CanvasOverlays(Stage& stage, QWidget& viewport, QObject* parent)
    : QObject(parent), m_stage(stage), m_viewport(viewport),
      m_strip(new RequestStrip(stage.document, stage.view, stage.figures, &stage.canvas)),
      m_verdict(new VerdictLine(stage.figures, stage.view, &stage.canvas)),
      m_legend(new Legend(stage.view, &stage.canvas)), m_map(new Minimap(stage.scene, stage.camera, &stage.canvas)),
      m_lost(new MessageBar(&stage.canvas)), m_missing(new MessageBar(&stage.canvas)),
      m_start(new StartPage(&viewport)) { // in the viewport, so that drops on it reach the canvas
    m_lost->setObjectName(QStringLiteral("lostBar"));
    m_missing->setObjectName(QStringLiteral("missingBar"));
    connect(m_legend, &Legend::stepHovered, this, [this](std::optional<int> step) {
        m_stage.scene.look().onlyStep = step;
        m_viewport.update();
    });
    connect(&stage.scene, &CanvasScene::arranged, this, &CanvasOverlays::refresh);
    connect(&stage.camera, &Camera::moved, this, &CanvasOverlays::refresh);
    connect(&stage.figures, &Figures::changed, m_map, QOverload<>::of(&QWidget::update));
    connect(&stage.view, &ViewState::overlayChanged, this, &CanvasOverlays::refresh);
    connect(&stage.document, &Document::replaced, this, [this] {
        m_begunEmpty = false;
        refresh();
    });
    connect(m_verdict, &VerdictLine::changed, this, &CanvasOverlays::arrange);
    connect(m_strip, &RequestStrip::resized, this, &CanvasOverlays::refresh);
    for (auto* bar : {m_lost, m_missing}) connect(bar, &MessageBar::shownOrHidden, this, &CanvasOverlays::arrange);
    connect(m_start, &StartPage::openRequested, this, &CanvasOverlays::openRequested);
    connect(m_start, &StartPage::fileRequested, this, &CanvasOverlays::fileRequested);
    connect(m_start, &StartPage::templateRequested, this, &CanvasOverlays::templateRequested);
    connect(m_start, &StartPage::emptyRequested, this, [this] {
        m_begunEmpty = true;
        refresh();
        m_stage.canvas.setFocus();
    });
    refresh();
}

bool CanvasOverlays::isEmpty() const {
    const auto* drawn = m_stage.scene.scenario();
    return !drawn || drawn->components.empty();
}

bool CanvasOverlays::lacksClients() const {
    const auto* drawn = m_stage.scene.scenario();
    return drawn && !isEmpty() &&
           std::none_of(drawn->components.begin(), drawn->components.end(), [](const auto& each) {
               const auto* type = components::findType(each->type);
               return type && type->capabilities.startsClasses;
           });
}

void CanvasOverlays::setDropping(bool dropping) {
    m_dropping = dropping;
    refresh();
}

void CanvasOverlays::sayLost(const QString& text) {
    m_lost->say(text, tr("Undo"), [this] { m_stage.document.undoStack().undo(); }, kToastSeconds);
}

void CanvasOverlays::refresh() {
    const bool empty = isEmpty();
    m_start->setHint(m_begunEmpty);
    m_start->setVisible(empty && !m_dropping);
    m_strip->setVisible(!empty && m_strip->wanted());
    m_legend->setVisible(!empty && m_stage.view.overlay() != Overlay::Off);
    m_map->setVisible(!empty && m_map->wanted());
    m_map->update();
    const bool lacks = lacksClients();
    if (lacks && m_missing->isHidden())
        m_missing->say(
            tr("No traffic yet: add Clients"), tr("Add Clients"),
            [this] { emit addRequested(QStringLiteral("clients")); }, 0);
    else if (!lacks)
        m_missing->hide();
    arrange();
}

void CanvasOverlays::arrange() {
    const QRect room = m_viewport.geometry();
    const int outer = kMargin - FloatingBox::kShadow;
    const int top = m_verdict->wanted() ? VerdictLine::kHeight : 0;
    m_verdict->setGeometry(room.x(), room.y(), room.width(), VerdictLine::kHeight);
    m_strip->move(room.x() + outer, room.y() + top + outer + 2);
    m_legend->move(room.x() + outer, room.bottom() + 1 - outer - m_legend->height());
    m_map->move(room.right() + 1 - outer - m_map->width(), room.bottom() + 1 - outer - m_map->height());
    m_stage.camera.setFurniture(m_strip->isHidden() ? top : m_strip->geometry().bottom() - room.y(),
                                m_legend->isHidden() ? 0 : room.bottom() - m_legend->y());
    int bottom = room.bottom() + 1 - outer;
    for (auto* bar : {m_lost, m_missing}) {
        if (bar->isHidden()) continue;
        bar->move(room.x() + (room.width() - bar->width()) / 2, bottom - bar->height());
        // On a narrow canvas it stands above what is in the corners.
        for (const QWidget* corner : {static_cast<QWidget*>(m_legend), static_cast<QWidget*>(m_map)})
            if (!corner->isHidden() && corner->geometry().intersects(bar->geometry()))
                bar->move(bar->x(), corner->y() - bar->height());
        bottom = bar->y();
    }
    m_start->setGeometry(m_viewport.rect());
}

} // namespace plimsoll::gui
