// plimsoll report FILE -o shop.pdf
#include "gui/report/report.h"

#include "gui/cli/command.h"
#include "gui/cli/project_source.h"
#include "gui/theme/resources.h"
#include "models/assess/assess.h"

#include <QApplication>

#include <cstdio>
#include <memory>

namespace plimsoll::gui::cli {
namespace {

struct ReportArguments {
    std::string file, output, scenario;
    double loadFactor = 1;
};

int report(const ReportArguments& arguments) {
    const auto project = readProject(arguments.file);
    const auto scenario = pickScenario(project, arguments.scenario);
    const assess::Options options{.loadFactor = arguments.loadFactor};
    const auto assessment = assess::assess(project, scenario, options);
    if (!assessment.solved) {
        for (const auto& problem : assessment.problems)
            if (problem.severity == assess::Severity::Error) badInput(problem.message);
        badInput(arguments.file + ": there is nothing to report on");
    }
    const auto curve = assess::loadCurve(project, scenario, assess::curveFactors(assessment), options);
    qputenv("QT_QPA_PLATFORM", "offscreen"); // fonts and vectors only: no display is asked for
    // Headless, Qt's remarks about the desktop (no XDG_RUNTIME_DIR) would stand between the command and its one line.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    int argc = 1;
    char name[] = "plimsoll";
    char* argv[] = {name, nullptr};
    const QApplication application(argc, argv);
    loadResources();
    const auto written = report::writeReport({project, assessment, curve, QDate::currentDate()},
                                             QString::fromStdString(arguments.output));
    if (!written) throw Ended{NoAnswer, document::text(written.error())};
    std::printf("Wrote %s\n", arguments.output.c_str());
    return Done;
}

} // namespace

void addReport(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("report", "Write the PDF report of a project");
    auto arguments = std::make_shared<ReportArguments>();
    command->add_option("FILE", arguments->file, "Project: .plimsoll, JSON, template:ID or -")->required();
    command->add_option("-o", arguments->output, "PDF file to write")->required();
    command->add_option("--load-factor", arguments->loadFactor, "Multiply every arrival rate (default 1)")
        ->check(CLI::Range(1e-9, 1e9));
    command->add_option("--scenario", arguments->scenario, "Id of the scenario (default: the first)");
    command->callback([arguments, &status] { status = report(*arguments); });
}

} // namespace plimsoll::gui::cli
