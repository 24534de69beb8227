// The one program: with a subcommand it works headless, without one it opens the window (plimsoll [FILE] [--theme
// NAME]).
#include "gui/app/appearance.h"
#include "gui/app/main_window.h"
#include "gui/cli/command_line.h"
#include "gui/theme/resources.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>

#include <cstdio>

namespace {

using namespace plimsoll::gui;

/// Asking Qt for a window without a display ends in abort(); say it in one line instead.
bool hasDisplay() {
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int complain(const QString& line) {
    std::fprintf(stderr, "plimsoll: %s\n", qPrintable(line));
    return cli::BadInput;
}

int openWindow(int argc, char** argv) {
    if (!hasDisplay()) return complain(QStringLiteral("no display; plimsoll --help lists what works without a window"));
    QApplication application(argc, argv);
    application.setApplicationName(QStringLiteral("Plimsoll"));
    application.setApplicationVersion(QStringLiteral(PLIMSOLL_VERSION));
    application.setDesktopFileName(QStringLiteral("plimsoll"));
    loadResources();

    QCommandLineParser parser;
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light, dark or system"),
                                   QStringLiteral("name"));
    parser.addOption(theme);
    if (!parser.parse(application.arguments())) return complain(parser.errorText());
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1) return complain(QStringLiteral("one file at a time, please"));
    Appearance appearance(parser.value(theme));

    MainWindow window(appearance);
    if (!files.isEmpty()) {
        const QString& file = files.front();
        if (!file.startsWith(QLatin1String("template:")) && !QFileInfo::exists(file))
            return complain(QStringLiteral("%1: there is no such file or subcommand (plimsoll --help)").arg(file));
        if (const auto opened = window.open(file); !opened)
            return complain(QString::fromStdString(plimsoll::document::text(opened.error())));
    }
    window.show();
    return application.exec();
}

} // namespace

int main(int argc, char** argv) {
    return cli::wanted(argc, argv) ? cli::run(argc, argv) : openWindow(argc, argv);
}
