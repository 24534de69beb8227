#include "gui/app/shortcuts_sheet.h"

#include <QAction>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {

QString plain(QString words) {
    return words.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

void addRows(QTreeWidgetItem& parent, const QList<QAction*>& actions) {
    for (auto* action : actions) {
        if (action->menu()) {
            addRows(parent, action->menu()->actions());
        } else if (!action->shortcut().isEmpty()) {
            QStringList keys;
            for (const auto& key : action->shortcuts()) keys << key.toString(QKeySequence::NativeText);
            new QTreeWidgetItem(&parent, {plain(action->text()), keys.join(QStringLiteral(", "))});
        }
    }
}

} // namespace

void showShortcuts(const QMenuBar& bar, QWidget& window) {
    auto* dialog = new QDialog(&window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("shortcutsSheet"));
    dialog->setWindowTitle(QObject::tr("Shortcuts"));
    auto* tree = new QTreeWidget(dialog);
    tree->setHeaderLabels({QObject::tr("Action"), QObject::tr("Key")});
    tree->setRootIsDecorated(false);
    tree->setSelectionMode(QAbstractItemView::NoSelection);
    for (auto* menu : bar.actions()) {
        auto* head = new QTreeWidgetItem(tree, {plain(menu->text())});
        addRows(*head, menu->menu()->actions());
        if (head->childCount() == 0) delete head;
    }
    tree->expandAll();
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(tree);
    layout->addWidget(buttons);
    dialog->resize(480, 640);
    dialog->open();
}

void showAbout(QWidget& window) {
    auto* box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(QObject::tr("About Plimsoll"));
    box->setText(QObject::tr("<b>Plimsoll %1</b>").arg(QStringLiteral(PLIMSOLL_VERSION)));
    box->setInformativeText(
        QObject::tr("How much load may a backend safely carry.<br><br>Free software under the GNU General Public "
                    "License, version 3 or later. Set in Open Sans."));
    box->open();
}

} // namespace plimsoll::gui
