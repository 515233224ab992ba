package io.godwit.core.plan;

import io.godwit.core.plan.TypeRule.Decision;
import io.godwit.core.plan.TypeRule.Verdict;
import io.godwit.core.type.LogicalType;
import java.util.List;

/** Whole numbers widen and narrow into one another; nothing else becomes anything else. */
final class TestTypes {
    private static final List<LogicalType> WHOLE =
            List.of(LogicalType.Scalar.INT2, LogicalType.Scalar.INT4, LogicalType.Scalar.INT8);

    static final TypeRule RULE = (from, to) -> {
        int before = WHOLE.indexOf(from);
        int after = WHOLE.indexOf(to);
        if (from.equals(to) || before < 0 || after < 0) {
            return TypeRule.EQUAL.decide(from, to);
        }
        return before < after
                ? new Decision(Verdict.WIDENING, "larger range")
                : new Decision(Verdict.NARROWING, "smaller range");
    };

    private TestTypes() {}
}
