import { keepsRules } from "./properties";

keepsRules(false);
