#pragma once
#include "gui/canvas/overlays/floating_box.h"
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <vector>

namespace plimsoll::gui {

/// The request types with their rates, top left: one click traces one type on the canvas, "All" ends that.
class RequestStrip : public FloatingBox {
    Q_OBJECT
public:
    RequestStrip(Document& document, ViewState& view, Figures& figures, QWidget* parent);
    bool wanted() const { return m_entries.size() > 1; } // "All" and at least one type

signals:
    void resized();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Entry {
        document::Id id; // empty: all
        QString text;
        int series = -1;
        QRectF rect;
    };
    void refresh();

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    std::vector<Entry> m_entries;
};

} // namespace plimsoll::gui
