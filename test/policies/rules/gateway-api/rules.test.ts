import { describeRules } from "../../describe-rules";

describeRules(__dirname);
