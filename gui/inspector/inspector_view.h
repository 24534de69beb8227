// The panel at the right: what is selected, its parameters, figures and problems; with nothing selected, the project.
#pragma once
#include "gui/inspector/page.h"

#include <QScrollArea>

namespace plimsoll::gui {

class InspectorView : public QScrollArea {
    Q_OBJECT
public:
    InspectorView(Document& document, ViewState& view, Figures& figures, QWidget* parent = nullptr);
    ~InspectorView() override;
    /// Puts the focus into the first field (Enter on the canvas).
    void focusFirstField();
    /// Puts the focus into the name (F2).
    void focusName();
    QSize sizeHint() const override { return {340, 600}; }

signals:
    void leaveWanted(); // Esc: back to the canvas

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    QString shapeNow() const;
    Page* makePage();

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    std::set<QString> m_folded;
    Page* m_page = nullptr;
    QString m_shape; // of the page: what it is about, and which rows it has
};

} // namespace plimsoll::gui
