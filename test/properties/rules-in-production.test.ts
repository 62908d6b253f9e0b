import { keepsRules } from "./properties";

keepsRules(true);
