#pragma once
#include <QFrame>
#include <QLineEdit>
#include <QListWidget>

#include <functional>

namespace plimsoll::gui {

/// A list at the pointer with a field to filter it: what to add, or what to link to. Enter takes, Esc leaves nothing.
class QuickList : public QFrame {
    Q_OBJECT
public:
    struct Entry {
        QString id, label, typeId; // typeId: whose icon it bears
    };
    explicit QuickList(QWidget* parent);

    /// Shows `entries` near `at` (in the parent), inside the parent. `chosen` is called once with an id, or never.
    void ask(const QString& title, std::vector<Entry> entries, const QPoint& at,
             std::function<void(const QString& id)> chosen);
    void leave();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void filter(const QString& typed);
    void take();

    QLineEdit* m_field;
    QListWidget* m_list;
    std::vector<Entry> m_entries;
    std::function<void(const QString&)> m_chosen;
};

} // namespace plimsoll::gui
