// The component types, to be dragged onto the canvas or added by double-click and Enter.
#pragma once
#include <QWidget>

namespace plimsoll::gui {

class PaletteList;
class SearchField;

class PaletteView : public QWidget {
    Q_OBJECT
public:
    explicit PaletteView(QWidget* parent = nullptr);

public slots:
    void focusSearch();

signals:
    /// The canvas places it: right of the selection, linked if that is legal.
    void addRequested(const QString& typeId);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    SearchField* m_search;
    PaletteList* m_list;
    QWidget* m_none;
};

} // namespace plimsoll::gui
