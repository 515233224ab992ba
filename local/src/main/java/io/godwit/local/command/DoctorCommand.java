package io.godwit.local.command;

import io.godwit.local.home.Home;
import io.godwit.local.home.MachineCheck;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Looks at this machine: can Godwit run here, and does it. */
@Command(name = "doctor", description = "Look at this machine: can Godwit run here, what runs, what to mend.")
final class DoctorCommand extends ApiCommand {
    @Override
    public String onlyHere() {
        return "doctor looks at this machine";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    int run(Session session) {
        List<MachineCheck.Finding> findings = MachineCheck.of(session.home());
        Optional<Home.Server> server = session.home().server();
        boolean well = true;
        for (MachineCheck.Finding finding : findings) {
            well &= finding.well();
            String mark = finding.well()
                    ? session.console().green("ok  ")
                    : session.console().red("bad ");
            session.console().line("  " + mark + finding.text());
            if (!finding.well()) {
                session.console().line("       " + finding.remedy());
            }
        }
        session.console()
                .line(server.map(up -> "  up   at " + up.url() + ", process " + up.pid())
                        .orElse("  down no godwit runs in this folder; godwit up starts one that stays"));
        session.console().result(findings);
        return well ? 0 : 1;
    }
}
