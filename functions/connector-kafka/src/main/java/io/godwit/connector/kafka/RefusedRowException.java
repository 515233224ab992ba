package io.godwit.connector.kafka;

/** A row of which no message can be made, or which its topic does not take. The rows after it can be written. */
final class RefusedRowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String remedy;

    /**
     * @param code Kafka's word for it
     * @param reason without values
     * @param remedy what to do where such rows are not borne
     */
    RefusedRowException(String code, String reason, String remedy) {
        super(reason);
        this.code = code;
        this.remedy = remedy;
    }

    String code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
