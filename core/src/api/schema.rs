//! Collects the schemas of endpoints for the description of the API.
use super::{Access, Endpoint, EndpointMeta, Freshness};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::any::TypeId;

/// Collects the descriptions of the endpoints.
pub struct SchemaBuilder {
    pub(super) paths: Map<String, Value>,
    /// Schemas of answers: every field is required.
    pub(super) outward: SchemaGenerator,
    /// Schemas of requests: fields with a default are optional.
    pub(super) inward: SchemaGenerator,
}

impl SchemaBuilder {
    /// Without any endpoint.
    pub(super) fn new() -> SchemaBuilder {
        let settings =
            || SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
        SchemaBuilder {
            paths: Map::new(),
            outward: settings().for_serialize().into_generator(),
            inward: settings().for_deserialize().into_generator(),
        }
    }

    /// Adds one endpoint.
    pub(super) fn endpoint<E: Endpoint>(&mut self)
    where
        E::Id: 'static,
        E::Query: JsonSchema,
        E::Body: JsonSchema,
        E::Answer: JsonSchema,
    {
        let declared = E::META;
        let operation = self.operation::<E>(&declared);
        let path = self.paths.entry(declared.path).or_insert_with(|| json!({}));
        path[declared.method.to_lowercase()] = operation;
    }

    fn operation<E: Endpoint>(&mut self, declared: &EndpointMeta) -> Value
    where
        E::Query: JsonSchema,
        E::Body: JsonSchema,
        E::Answer: JsonSchema,
    {
        let (summary, description) = declared.about.split_once("\n\n").unwrap_or((declared.about, ""));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let access = match declared.access {
            Access::Anyone => "",
            Access::Support => "For staff.",
            Access::Admin => "For admins.",
        };
        let freshness = match declared.freshness {
            Freshness::Session => "",
            Freshness::Password => "Asks for the password again after ten minutes.",
            Freshness::Code => {
                "Asks for the password and a code of the second factor again after ten minutes."
            }
            Freshness::CodeForStaff => {
                "Asks for the password again after ten minutes; where the account is one of staff, for a \
                 code of the second factor too."
            }
        };
        let answer = self.outward.subschema_for::<E::Answer>();
        let kind = if TypeId::of::<E::Answer>() == TypeId::of::<super::Csv>() {
            "text/csv"
        } else {
            "application/json"
        };
        let error = json!({ "$ref": "#/components/responses/Error" });
        let mut operation = json!({
            "operationId": declared.name,
            "tags": [declared.path.split('/').nth(1).unwrap_or_default()],
            "summary": words(summary),
            "description": words(&format!("{description} {access} {freshness}")),
            "parameters": self.parameters::<E>(declared),
            "responses": {
                "200": { "description": "Done.", "content": { kind: { "schema": answer } } },
                "4XX": error,
                "5XX": error,
            },
        });
        if declared.access != Access::Anyone {
            operation["security"] = json!([{ "device": [] }]);
        }
        if !is_unit::<E::Body>() {
            let body = self.inward.subschema_for::<E::Body>();
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": body } } });
        }
        operation
    }

    fn parameters<E: Endpoint>(&mut self, declared: &EndpointMeta) -> Vec<Value>
    where
        E::Query: JsonSchema,
    {
        let mut parameters = Vec::new();
        if declared.path.contains("{id}") {
            let schema = if TypeId::of::<E::Id>() == TypeId::of::<i64>() {
                json!({ "type": "integer", "format": "int64", "minimum": 1 })
            } else {
                json!({ "type": "string", "pattern": "^[A-Za-z0-9._-]{1,80}$" })
            };
            parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": schema }));
        }
        if is_unit::<E::Query>() {
            return parameters;
        }
        let schema = E::Query::json_schema(&mut self.inward);
        let required = schema.get("required").cloned().unwrap_or_default();
        let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (name, schema) in fields {
            let is_required = required.as_array().is_some_and(|all| all.contains(&json!(name)));
            let mut schema = without_null(schema);
            let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
            parameters.push(json!({
                "name": name, "in": "query", "required": is_required,
                "description": about.unwrap_or_else(|| json!("")), "schema": schema,
            }));
        }
        parameters
    }
}

fn is_unit<T: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<()>()
}

/// A query has no `null`: what is not given is not there.
fn without_null(mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("default");
    }
    if let Some(types) = schema.get("type").and_then(Value::as_array) {
        let kept: Vec<Value> = types.iter().filter(|kind| *kind != "null").cloned().collect();
        schema["type"] = kept.into_iter().next().unwrap_or_else(|| json!("string"));
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array).cloned() {
        let kept = choices.into_iter().find(|choice| choice.get("type") != Some(&json!("null")));
        let about = schema.get("description").cloned();
        schema = kept.unwrap_or_else(|| json!({}));
        if let Some(about) = about {
            schema["description"] = about;
        }
    }
    schema
}
